package dev.schemaversion.desired;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which image the scratch server has. It must be of the database's major version.
 *
 * @param byMajor the image of each major version that has one of its own
 * @param template the image of the others, with {@code {major}} in it, or null
 * @param defaultMajor the major version to begin with, as long as the database's is not known
 */
public record ScratchImages(Map<String, String> byMajor, String template, String defaultMajor) {
  private static final String MAJOR = "{major}";
  private static final Pattern IMAGE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._:/@-]{0,511}");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]?(\\.[0-9]{1,2})?");

  /** A major version is one number for PostgreSQL, and two for the others. */
  private static final Pattern ONE_NUMBER = Pattern.compile("^([1-9][0-9]?)(?:[^0-9].*)?$");

  private static final Pattern TWO_NUMBERS =
      Pattern.compile("^([1-9][0-9]?\\.[0-9]{1,2})(?:[^0-9].*)?$");

  /** The official images, and version 17 to begin with. */
  public static final ScratchImages OFFICIAL =
      new ScratchImages(Map.of(), "postgres:" + MAJOR, "17");

  /** The official images of MariaDB, and version 11.4 to begin with. */
  public static final ScratchImages OFFICIAL_MARIADB =
      new ScratchImages(Map.of(), "mariadb:" + MAJOR, "11.4");

  /** The official images of MySQL, and version 8.4 to begin with. */
  public static final ScratchImages OFFICIAL_MYSQL =
      new ScratchImages(Map.of(), "mysql:" + MAJOR, "8.4");

  /**
   * Reads the setting: a list separated by commas of {@code 15=image} for a major version and of at
   * most one image with {@code {major}} in it for all others.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static ScratchImages of(String text, String defaultMajor) {
    var byMajor = new TreeMap<String, String>();
    String template = null;
    for (var item : Arrays.stream(text.split(",", -1)).map(String::strip).toList()) {
      int equals = item.indexOf('=');
      var image = item.substring(equals + 1);
      if (!IMAGE.matcher(image.replace(MAJOR, "0")).matches()) {
        throw wrong(item, "is not an image, nor <major>=<image>");
      }
      if (equals < 0) {
        if (!image.contains(MAJOR) || template != null) {
          throw wrong(item, "must be the only one for all major versions, and contain " + MAJOR);
        }
        template = image;
        continue;
      }
      var major = item.substring(0, equals);
      if (!NUMBER.matcher(major).matches() || image.contains(MAJOR)) {
        throw wrong(item, "must be <major>=<image>, with a major version such as 17");
      }
      if (byMajor.put(major, image) != null) {
        throw wrong(item, "is the second image for that major version");
      }
    }
    if (template == null && !byMajor.containsKey(defaultMajor)) {
      throw new IllegalArgumentException(
          "SCHEMAVERSION_SCRATCH_IMAGES has no image for major version %s, which is taken while the database's is not known (SCHEMAVERSION_SCRATCH_DEFAULT_MAJOR)"
              .formatted(defaultMajor));
    }
    return new ScratchImages(Map.copyOf(byMajor), template, defaultMajor);
  }

  private static IllegalArgumentException wrong(String item, String how) {
    return new IllegalArgumentException(
        "SCHEMAVERSION_SCRATCH_IMAGES: \"%s\" %s; it is a list such as \"15=mirror/postgres:15,postgres:%s\""
            .formatted(item, how, MAJOR));
  }

  /**
   * The image for a server.
   *
   * @param serverVersion what the database's server calls its version, such as {@code 17.2}, or
   *     null
   */
  public String forServer(String serverVersion) {
    var pattern = defaultMajor.indexOf('.') < 0 ? ONE_NUMBER : TWO_NUMBERS;
    var found = serverVersion == null ? null : pattern.matcher(serverVersion);
    var major = found != null && found.matches() ? found.group(1) : defaultMajor;
    var own = byMajor.get(major);
    if (own != null) {
      return own;
    }
    // Without an image of its own the usual one tells the runner, and so the user, what is wrong.
    return template == null ? byMajor.get(defaultMajor) : template.replace(MAJOR, major);
  }
}
