package dev.schemaversion.runner.engine.secret;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A URL of a database, such as {@code postgres://user:password@host:5432/name?sslmode=require},
 * also with {@code jdbc:} in front. Only its parts are used: the driver never sees the URL, so it
 * cannot carry a driver's parameters.
 *
 * @param scheme without {@code jdbc:}, in lower case
 * @param host without the brackets of an IPv6 address
 * @param parameters what follows the question mark, decoded, by name
 */
record DatabaseUrl(
    String scheme,
    Optional<String> user,
    Optional<String> password,
    Optional<String> host,
    Optional<String> port,
    Optional<String> database,
    Map<String, String> parameters) {
  private static final String JDBC = "jdbc:";
  private static final Pattern PORT = Pattern.compile("[0-9]*");

  /**
   * Reads a URL.
   *
   * @throws InvalidSecret if it is none; the message does not contain the URL
   */
  static DatabaseUrl parse(String text) {
    var url = text.startsWith(JDBC) ? text.substring(JDBC.length()) : text;
    var scheme = head(url, "://");
    if (scheme.equals(url)) {
      throw new InvalidSecret("has no “://”");
    }
    var rest = url.substring(scheme.length() + "://".length());
    var beforeQuery = head(rest, "?");
    var authority = head(beforeQuery, "/");
    if (rest.indexOf('@', authority.length()) >= 0) {
      // Most probably the / or ? before it belongs to a password, whose beginning would be the
      // host.
      throw new InvalidSecret(
          "has an @ behind a / or ?; percent-encode the characters of user and password (@ is %40,"
              + " / is %2F, ? is %3F), and an @ behind them too");
    }
    // An unencoded @ can only belong to the password: no host contains one.
    int at = authority.lastIndexOf('@');
    var login = at < 0 ? "" : authority.substring(0, at);
    var address = authority.substring(at + 1);
    if (address.contains(",")) {
      throw new InvalidSecret("names several hosts");
    }
    var user = head(login, ":");
    var host = address.startsWith("[") ? head(address, "]") + "]" : head(address, ":");
    var port = address.length() > host.length() ? tail(address, host) : "";
    if (!PORT.matcher(port).matches()) {
      // Never the text: it may be the password of a URL without a host.
      throw new InvalidSecret("has a port that is no number");
    }
    var parameters = parameters(tail(rest, beforeQuery));
    return new DatabaseUrl(
        scheme.toLowerCase(Locale.ROOT),
        given(user, parameters.get("user")),
        given(tail(login, user), parameters.get("password")),
        given(host.replaceAll("[\\[\\]]", ""), null),
        given(port, null),
        given(tail(beforeQuery, authority), null),
        parameters);
  }

  private static Map<String, String> parameters(String query) {
    var parameters = new HashMap<String, String>();
    for (var each : query.split("&", -1)) {
      var name = head(each, "=");
      if (!name.isEmpty()) {
        parameters.put(decoded(name), decoded(tail(each, name)));
      }
    }
    return parameters;
  }

  private static Optional<String> given(String encoded, String otherwise) {
    return encoded.isEmpty() ? Optional.ofNullable(otherwise) : Optional.of(decoded(encoded));
  }

  /** What comes before a delimiter; all of it if it does not occur. */
  private static String head(String text, String delimiter) {
    int end = text.indexOf(delimiter);
    return end < 0 ? text : text.substring(0, end);
  }

  /** What comes after a head and the one character of its delimiter. */
  private static String tail(String text, String head) {
    return text.length() > head.length() ? text.substring(head.length() + 1) : "";
  }

  /** Decodes percent-encoded characters. A plus is a plus, as libpq has it. */
  private static String decoded(String text) {
    var bytes = new ByteArrayOutputStream();
    var encoded = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] != '%') {
        bytes.write(encoded[i]);
        continue;
      }
      int value = i + 2 < encoded.length ? hex(encoded[i + 1], encoded[i + 2]) : -1;
      if (value < 0) {
        throw new InvalidSecret("has a % that begins no percent-encoded character");
      }
      bytes.write(value);
      i += 2;
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int hex(byte high, byte low) {
    int first = Character.digit(high, 16);
    int second = Character.digit(low, 16);
    return first < 0 || second < 0 ? -1 : first * 16 + second;
  }

  /** Without the password, which must not get into a message. */
  @Override
  public String toString() {
    return scheme + "://" + host.orElse("");
  }
}
