package dev.schemaversion.cli.scratch;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The scratch server that a command needs.
 *
 * @param engine the engine of the database
 * @param serverVersion the version that its server reports, such as {@code 17.2}
 * @param image the image that the manifest names; null for the official one
 * @param log where progress goes
 */
public record Needed(Engine engine, String serverVersion, String image, Consumer<String> log) {
  private static final Pattern NUMBERS = Pattern.compile("([0-9]+)(\\.[0-9]+)?.*");

  Needed withImage(String other) {
    return new Needed(engine, serverVersion, other, log);
  }

  /** The major version: one number for PostgreSQL, two for MariaDB and MySQL. */
  String major() {
    return major(serverVersion);
  }

  /** The major version in a text that begins with a version; empty if it does not. */
  String major(String version) {
    var numbers = NUMBERS.matcher(String.valueOf(version));
    if (!numbers.matches()) {
      return "";
    }
    return engine == Engine.PostgreSQL || numbers.group(2) == null
        ? numbers.group(1)
        : numbers.group(1) + numbers.group(2);
  }

  @Override
  public String toString() {
    return engine + " " + major();
  }
}
