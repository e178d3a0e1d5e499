package dev.schemaversion.runner.command;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.Login;
import dev.schemaversion.runner.engine.RunFailure;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces the variables in the texts of {@code spec.migrations.command}: {@code $(HOST)} and the
 * like, with {@code _URI} before the parenthesis in the percent-encoded form for URLs. {@code $$}
 * stands for {@code $}.
 */
final class Variables {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([A-Z_]+)\\)");
  private static final String URI = "_URI";

  private final Map<String, String> values = new LinkedHashMap<>();

  /** The variables for one database and one version. */
  Variables(Login login, String version) {
    add("HOST", login.host());
    add("PORT", Integer.toString(login.port()));
    add("DATABASE", login.database());
    add("USERNAME", login.user());
    add("PASSWORD", login.password());
    add("VERSION", version);
    add("SSLMODE", login.sslMode());
    // The address of a URL is an IPv6 address in brackets, and nothing in it is encoded.
    values.put("HOST" + URI, login.host().contains(":") ? "[" + login.host() + "]" : login.host());
  }

  private void add(String name, String value) {
    values.put(name, value);
    values.put(name + URI, encoded(value));
  }

  /** The percent-encoded form, in which only letters, digits and {@code -._~} stay as they are. */
  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /**
   * Replaces the variables in a text.
   *
   * @param field where the text is in {@code spec.migrations.command}
   * @throws RunFailure {@link Outcome#INVALID_REQUEST} if there is no such variable
   */
  String replace(String text, String field) {
    return REFERENCE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), field)));
  }

  private String value(String name, String field) {
    if (name == null) {
      return "$";
    }
    var value = values.get(name);
    if (value == null) {
      throw new RunFailure(
          Outcome.INVALID_REQUEST,
          "spec.migrations.command."
              + field
              + " has the variable $("
              + name
              + "), which does not exist. The variables are "
              + String.join(
                  ", ",
                  values.keySet().stream()
                      .filter(each -> !each.endsWith(URI))
                      .map(each -> "$(" + each + ")")
                      .toList())
              + ", each also with _URI for a URL. Write $$( for a plain $(.");
    }
    return value;
  }
}
