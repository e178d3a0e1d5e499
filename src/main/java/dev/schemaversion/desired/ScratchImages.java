package dev.schemaversion.desired;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Selects the image of the scratch server by the major version of the database.
 *
 * @param byMajor the images of single major versions
 * @param template the image for other major versions, which contains {@code {major}}, or null
 * @param defaultMajor the major version to use while the database's is not known
 */
public record ScratchImages(Map<String, String> byMajor, String template, String defaultMajor) {
  private static final String MAJOR = "{major}";
  private static final Pattern IMAGE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._:/@-]{0,511}");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]?(\\.[0-9]{1,2})?");

  /** A major version of PostgreSQL is one number; that of other engines is two. */
  private static final Pattern ONE_NUMBER = Pattern.compile("^([1-9][0-9]?)(?:[^0-9].*)?$");

  private static final Pattern TWO_NUMBERS =
      Pattern.compile("^([1-9][0-9]?\\.[0-9]{1,2})(?:[^0-9].*)?$");

  /** The official PostgreSQL images, with default version 17. */
  public static final ScratchImages OFFICIAL =
      new ScratchImages(Map.of(), "postgres:" + MAJOR, "17");

  /** The official MariaDB images, with default version 11.4. */
  public static final ScratchImages OFFICIAL_MARIADB =
      new ScratchImages(Map.of(), "mariadb:" + MAJOR, "11.4");

  /** The official MySQL images, with default version 8.4. */
  public static final ScratchImages OFFICIAL_MYSQL =
      new ScratchImages(Map.of(), "mysql:" + MAJOR, "8.4");

  /**
   * Parses the setting: a comma-separated list of {@code 15=image} for single major versions, and
   * at most one image with {@code {major}} for all others.
   *
   * @throws IllegalArgumentException with a message that says what is wrong
   */
  public static ScratchImages of(String text, String defaultMajor) {
    var byMajor = new TreeMap<String, String>();
    String template = null;
    for (var item : Arrays.stream(text.split(",", -1)).map(String::strip).toList()) {
      int equals = item.indexOf('=');
      var image = item.substring(equals + 1);
      if (!IMAGE.matcher(image.replace(MAJOR, "0")).matches()) {
        throw invalid(item, "is neither an image nor <major>=<image>");
      }
      if (equals < 0) {
        if (!image.contains(MAJOR) || template != null) {
          throw invalid(item, "must be the only one for all major versions, and contain " + MAJOR);
        }
        template = image;
        continue;
      }
      var major = item.substring(0, equals);
      if (!NUMBER.matcher(major).matches() || image.contains(MAJOR)) {
        throw invalid(item, "must be <major>=<image>, with a major version such as 17");
      }
      if (byMajor.put(major, image) != null) {
        throw invalid(item, "is the second image for that major version");
      }
    }
    if (template == null && !byMajor.containsKey(defaultMajor)) {
      throw new IllegalArgumentException(
          "SCHEMAVERSION_SCRATCH_IMAGES has no image for major version %s, which is used while the database's is not known (SCHEMAVERSION_SCRATCH_DEFAULT_MAJOR)"
              .formatted(defaultMajor));
    }
    return new ScratchImages(Map.copyOf(byMajor), template, defaultMajor);
  }

  private static IllegalArgumentException invalid(String item, String problem) {
    return new IllegalArgumentException(
        "SCHEMAVERSION_SCRATCH_IMAGES: \"%s\" %s; write a list such as \"15=mirror/postgres:15,postgres:%s\""
            .formatted(item, problem, MAJOR));
  }

  /**
   * Returns the image for a server.
   *
   * @param serverVersion the version that the database's server reports, such as {@code 17.2}, or
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
    // With the default image, the runner reports the version mismatch to the user.
    return template == null ? byMajor.get(defaultMajor) : template.replace(MAJOR, major);
  }
}
