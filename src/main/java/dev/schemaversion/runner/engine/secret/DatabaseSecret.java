package dev.schemaversion.runner.engine.secret;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The connection data in a Secret. Each part has a key of its own, and what has none is taken from
 * a URL.
 *
 * <p>The names are those of CloudNativePG ({@code username}, {@code dbname}, {@code uri}), Crunchy
 * and Percona ({@code user}), the MariaDB operator ({@code database}) and the Service Binding
 * specification ({@code type}). The key of the URL can be set, such as {@code DATABASE_URL}.
 */
public final class DatabaseSecret {
  private static final Map<String, List<String>> TYPES =
      Map.of(
          "PostgreSQL", List.of("postgres", "postgresql"),
          "MariaDB", List.of("mariadb", "mysql"),
          "MySQL", List.of("mysql"));

  /** Parameters that say which schema is meant: passing over them would migrate another one. */
  private static final Set<String> OF_SCHEMAS =
      Set.of("currentschema", "schema", "search_path", "options");

  private final String engine;
  private final Function<String, Optional<String>> keys;

  /** Read when a part has no key of its own: beside complete keys any URL is fine. */
  private Optional<DatabaseUrl> url = Optional.empty();

  /**
   * Reads a Secret.
   *
   * @param engine the name of the engine, as in {@code spec.database.engine}
   * @param keys the value of each mounted key; empty if the Secret lacks the key
   * @throws InvalidSecret if it is the Secret of a server of another engine
   */
  public DatabaseSecret(String engine, Function<String, Optional<String>> keys) {
    this.engine = engine;
    this.keys = keys;
    keys.apply("type").ifPresent(type -> failIfOfAnotherEngine("type", type));
  }

  private Optional<DatabaseUrl> url() {
    if (url.isEmpty()) {
      url = keys.apply("uri").filter(text -> !text.isBlank()).map(DatabaseSecret::url);
      url.ifPresent(read -> failIfOfAnotherEngine("URL", read.scheme()));
    }
    return url;
  }

  private static DatabaseUrl url(String text) {
    try {
      var read = DatabaseUrl.parse(text);
      read.parameters().keySet().stream()
          .filter(name -> OF_SCHEMAS.contains(name.toLowerCase(Locale.ROOT)))
          .findFirst()
          .ifPresent(
              name -> {
                throw new InvalidSecret(
                    "has the parameter “%s”; remove it and set spec.database.schemas"
                        .formatted(name));
              });
      return read;
    } catch (InvalidSecret e) {
      throw new InvalidSecret("The URL in the Secret " + e.getMessage() + ".");
    }
  }

  private void failIfOfAnotherEngine(String what, String type) {
    var name = type.toLowerCase(Locale.ROOT);
    boolean isKnown = TYPES.values().stream().anyMatch(names -> names.contains(name));
    if (isKnown && !TYPES.get(engine).contains(name)) {
      throw new InvalidSecret(
          "The %s in the Secret is that of %s, but spec.database.engine is %s."
              .formatted(what, name, engine));
    }
  }

  /**
   * The user to connect as.
   *
   * @throws InvalidSecret if there is no key for it and the URL is invalid, as in all methods
   */
  public Optional<String> username() {
    return first("username", "user").or(() -> url().flatMap(DatabaseUrl::user));
  }

  /** The user's password. */
  public Optional<String> password() {
    return keys.apply("password").or(() -> url().flatMap(DatabaseUrl::password));
  }

  /** The server's host name or address. */
  public Optional<String> host() {
    return keys.apply("host").or(() -> url().flatMap(DatabaseUrl::host));
  }

  /** The server's port, as text; that of the URL if anything else was taken from there. */
  public Optional<String> port() {
    return keys.apply("port").or(() -> url.flatMap(DatabaseUrl::port));
  }

  /** The name of the database. */
  public Optional<String> database() {
    return first("dbname", "database").or(() -> url().flatMap(DatabaseUrl::database));
  }

  /** The {@code sslmode} of the URL, as libpq names it, if anything was taken from there. */
  public Optional<String> sslMode() {
    return url.map(read -> read.parameters().get("sslmode"));
  }

  /** Whether the URL requires that the login is bound to the TLS connection. */
  public boolean bindsChannel() {
    return url.filter(read -> "require".equals(read.parameters().get("channel_binding")))
        .isPresent();
  }

  private Optional<String> first(String... names) {
    return Stream.of(names).map(keys).flatMap(Optional::stream).findFirst();
  }
}
