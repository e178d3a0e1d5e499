package dev.schemaversion.cli.option;

import dev.schemaversion.api.v1alpha1.DatabaseSpec;
import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import dev.schemaversion.cli.terminal.Terminal;
import dev.schemaversion.runner.engine.secret.DatabaseSecret;
import dev.schemaversion.runner.engine.secret.InvalidSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The connection data as the keys of a Secret, which is what the runner reads.
 *
 * @param byKey the value of each key
 */
record Credentials(Map<String, String> byKey) {
  static final String URL_VARIABLE = "DATABASE_URL";
  static final String PASSWORD_VARIABLE = "SCHEMAVERSION_PASSWORD";

  /** No connection. */
  static final Credentials NONE = new Credentials(Map.of());

  /**
   * Reads them from options, files and the environment.
   *
   * @throws UsageError if a password is among the arguments, where other users can read it
   */
  static Credentials of(DatabaseOptions options, Terminal terminal) {
    var keys = new TreeMap<String, String>();
    if (options.url != null) {
      failIfHasPassword("--url", options.url);
    }
    Optional.ofNullable(options.url)
        .or(() -> options.host == null ? terminal.variable(URL_VARIABLE) : Optional.empty())
        .ifPresent(url -> keys.put("uri", url));
    if (options.username != null) {
      keys.put("username", options.username);
    }
    password(options.passwordFile, "--password-file", PASSWORD_VARIABLE, terminal)
        .ifPresent(password -> keys.put("password", password));
    return new Credentials(Map.copyOf(keys));
  }

  /** Reads a password from a file or else from the environment; empty if neither has one. */
  static Optional<String> password(Path file, String option, String variable, Terminal terminal) {
    if (file == null) {
      return Optional.ofNullable(terminal.environment().get(variable))
          .filter(value -> !value.isEmpty());
    }
    try {
      // An editor's or echo's last line break is never meant.
      var text = Files.readString(file);
      return Optional.of(text.endsWith("\n") ? text.stripTrailing() : text);
    } catch (IOException e) {
      throw new UsageError("%s: %s cannot be read.".formatted(option, file));
    }
  }

  /**
   * Refuses a URL with a password as an argument.
   *
   * @throws UsageError if it has one, or is no URL
   */
  static void failIfHasPassword(String option, String url) {
    try {
      if (secret(engine(url).orElse(Engine.PostgreSQL), Map.of("uri", url))
          .password()
          .isPresent()) {
        throw new UsageError(
            "%s has a password, which every user of this machine can read among the processes. Put it into a file (%s) or into the environment (%s)."
                .formatted(
                    option,
                    option.equals("--url") ? "--password-file" : "--scratch-password-file",
                    option.equals("--url") ? PASSWORD_VARIABLE : "SCHEMAVERSION_SCRATCH_PASSWORD"));
      }
    } catch (InvalidSecret e) {
      throw new UsageError(option + ": " + ofUrl(e, option));
    }
  }

  /** Returns the engine of a URL by its scheme; empty if it is not known. */
  static Optional<Engine> engine(String url) {
    var text = url.toLowerCase(Locale.ROOT).replaceFirst("^jdbc:", "");
    var scheme = text.contains("://") ? text.substring(0, text.indexOf("://")) : "";
    return switch (scheme) {
      case "postgres", "postgresql" -> Optional.of(Engine.PostgreSQL);
      case "mariadb" -> Optional.of(Engine.MariaDB);
      case "mysql" -> Optional.of(Engine.MySQL);
      default -> Optional.empty();
    };
  }

  static DatabaseSecret secret(Engine engine, Map<String, String> keys) {
    return new DatabaseSecret(engine.name(), key -> Optional.ofNullable(keys.get(key)));
  }

  /** The engine of the URL, if there is one. */
  Optional<Engine> engine() {
    return Optional.ofNullable(byKey.get("uri")).flatMap(Credentials::engine);
  }

  /** Whether there is a URL, whose address then counts and not that of a manifest. */
  boolean hasUrl() {
    return byKey.containsKey("uri");
  }

  /**
   * Refuses connection data that is not complete.
   *
   * @throws UsageError naming what is missing and where it can be said
   */
  void failIfIncomplete(DatabaseSpec database) {
    try {
      var secret = secret(database.engine(), byKey);
      var missing = new ArrayList<String>();
      if (database.host() == null && secret.host().isEmpty()) {
        missing.add("the host (--host)");
      }
      if (database.name() == null && secret.database().isEmpty()) {
        missing.add("the name of the database (--database)");
      }
      if (secret.username().isEmpty()) {
        missing.add("the user (--username)");
      }
      if (secret.password().isEmpty()) {
        missing.add("the password (--password-file or " + PASSWORD_VARIABLE + ")");
      }
      if (!missing.isEmpty()) {
        throw new UsageError(
            "The connection lacks "
                + String.join(", ", missing)
                + ". A URL in "
                + URL_VARIABLE
                + " can have all of them.");
      }
    } catch (InvalidSecret e) {
      throw new UsageError(ofUrl(e, "the URL"));
    }
  }

  private static String ofUrl(InvalidSecret e, String name) {
    return e.getMessage()
        .replaceFirst("^The URL in the Secret", "The URL")
        .replace("The URL in the Secret", name)
        .replace("spec.database.engine", "--engine")
        .replace("spec.database.schemas", "--schema");
  }

  /** Without the values. */
  @Override
  public String toString() {
    return byKey.keySet().toString();
  }
}
