import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Glance's image registry, as small as it can be and still be one: it serves the images in its
 * database over HTTP. DB_ENGINE says which kind of database that is: postgresql, mariadb or mysql.
 *
 * <p>It comes in two releases, chosen by GLANCE_RELEASE. Each simply uses the tables it was written
 * for. It neither creates tables nor looks whether they fit: on those of the other release its
 * queries fail, one by one, at run time. To keep that from happening is somebody else's work, which
 * is what this example is about.
 */
public final class Registry {

  /** A release of the program and the columns of images it knows. */
  enum Release {
    /** Schema 9: images are numbered. */
    DIABLO("") {
      @Override
      Object id(ResultSet row, String column) throws SQLException {
        return row.getInt(column);
      }

      @Override
      Object idFrom(String text) {
        return Integer.valueOf(text);
      }
    },
    /** Schema 13: images have UUIDs, kept as text, and may be protected. */
    ESSEX(", protected") {
      @Override
      Object id(ResultSet row, String column) throws SQLException {
        return UUID.fromString(row.getString(column)).toString();
      }

      @Override
      Object idFrom(String text) {
        return UUID.fromString(text).toString();
      }
    };

    final String columns;

    Release(String added) {
      columns =
          "id, name, size, status, is_public, location, disk_format, container_format, checksum,"
              + " owner, min_disk, min_ram, created_at, updated_at"
              + added;
    }

    abstract Object id(ResultSet row, String column) throws SQLException;

    /** Throws IllegalArgumentException for what cannot be an id in this release. */
    abstract Object idFrom(String text);
  }

  private final Release release;
  private final DataSource database;

  Registry(Release release, DataSource database) {
    this.release = release;
    this.database = database;
  }

  public static void main(String[] args) throws IOException, SQLException {
    var database =
        switch (env("DB_ENGINE", "postgresql")) {
          case "postgresql" -> postgreSql();
          case "mariadb" -> mariaDb("disable");
          // Its users log in with caching_sha2_password, which needs an encrypted connection.
          case "mysql" -> mariaDb("trust");
          default ->
              throw new IllegalStateException("DB_ENGINE is postgresql, mariadb or mysql");
        };
    var release = Release.valueOf(env("GLANCE_RELEASE", "essex").toUpperCase(Locale.ROOT));
    var registry = new Registry(release, database);

    var server = HttpServer.create(new InetSocketAddress(Integer.parseInt(env("PORT", "9191"))), 0);
    var threads = Executors.newFixedThreadPool(8); // each uses one connection at most
    server.setExecutor(threads);
    server.createContext("/", registry::answer);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(2)));
    server.start();
    log(
        "glance-registry (%s) listens on port %d, database %s at %s: %s",
        release.name().toLowerCase(Locale.ROOT),
        server.getAddress().getPort(),
        env("DB_NAME", null),
        env("DB_HOST", null),
        registry.finds());
  }

  private static DataSource postgreSql() {
    var database = new PGSimpleDataSource();
    database.setServerNames(new String[] {env("DB_HOST", null)});
    database.setPortNumbers(new int[] {Integer.parseInt(env("DB_PORT", "5432"))});
    database.setDatabaseName(env("DB_NAME", null));
    database.setUser(env("DB_USER", null));
    database.setPassword(env("DB_PASSWORD", null));
    database.setApplicationName("glance-registry");
    database.setLoginTimeout(5);
    database.setSocketTimeout(30);
    return database;
  }

  private static DataSource mariaDb(String sslMode) throws SQLException {
    var database =
        new MariaDbDataSource(
            "jdbc:mariadb://%s:%s/%s?sslMode=%s&connectTimeout=5000&socketTimeout=30000"
                .formatted(
                    env("DB_HOST", null), env("DB_PORT", "3306"), env("DB_NAME", null), sslMode));
    database.setUser(env("DB_USER", null));
    database.setPassword(env("DB_PASSWORD", null));
    return database;
  }

  /** What the program sees in its database, for the log; it goes on whatever that is. */
  private String finds() {
    try {
      return "found " + images(null).size() + " images";
    } catch (SQLException | RuntimeException e) {
      return "cannot read images: " + oneLine(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getRawPath();
    try {
      if (!exchange.getRequestMethod().equals("GET")) {
        send(exchange, 405, Map.of("error", "only GET is served"));
      } else if (path.equals("/healthz")) {
        health(exchange);
      } else if (path.equals("/images")) {
        send(exchange, 200, Map.of("images", images(null)));
      } else if (path.startsWith("/images/")) {
        image(exchange, path.substring("/images/".length()));
      } else {
        send(exchange, 404, Map.of("error", "there is /images, /images/{id} and /healthz"));
      }
    } catch (SQLException | RuntimeException e) {
      log("GET %s: %s", path, oneLine(e));
      send(exchange, 500, Map.of("error", String.valueOf(e.getMessage())));
    } finally {
      exchange.close();
    }
  }

  /**
   * Healthy is who reaches the database. Whether the tables in it fit, nobody asks here, as in
   * 2012.
   */
  private void health(HttpExchange exchange) throws IOException {
    try (var connection = database.getConnection()) {
      var valid = connection.isValid(5);
      send(
          exchange, valid ? 200 : 503, Map.of("status", valid ? "ok" : "database does not answer"));
    } catch (SQLException e) {
      send(exchange, 503, Map.of("status", String.valueOf(e.getMessage())));
    }
  }

  private void image(HttpExchange exchange, String text) throws IOException, SQLException {
    Object id;
    try {
      id = release.idFrom(text);
    } catch (IllegalArgumentException e) {
      send(exchange, 404, Map.of("error", "no image " + text));
      return;
    }
    var found = images(id);
    if (found.isEmpty()) {
      send(exchange, 404, Map.of("error", "no image " + text));
    } else {
      send(exchange, 200, Map.of("image", found.getFirst()));
    }
  }

  /**
   * The images that are not deleted, or only the one with that id, each with its properties and
   * members.
   */
  private List<Map<String, Object>> images(Object id) throws SQLException {
    try (var connection = database.getConnection()) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false); // three queries, one moment
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      var images = rows(connection, release.columns, "images", "id", id);
      var properties = new HashMap<Object, Map<String, Object>>();
      for (var row :
          rows(connection, "image_id, name, value", "image_properties", "image_id", id)) {
        properties
            .computeIfAbsent(row.get("image_id"), image -> new LinkedHashMap<>())
            .put((String) row.get("name"), row.get("value"));
      }
      var members = new HashMap<Object, List<Object>>();
      for (var row :
          rows(
              connection,
              "image_id, member AS member_id, can_share",
              "image_members",
              "image_id",
              id)) {
        members.computeIfAbsent(row.remove("image_id"), image -> new ArrayList<>()).add(row);
      }
      for (var image : images) {
        image.put("properties", properties.getOrDefault(image.get("id"), Map.of()));
        image.put("members", members.getOrDefault(image.get("id"), List.of()));
      }
      return images;
    }
  }

  private List<Map<String, Object>> rows(
      Connection connection, String columns, String table, String idColumn, Object id)
      throws SQLException {
    var sql = "SELECT " + columns + " FROM " + table + " WHERE NOT deleted";
    if (id != null) {
      sql += " AND " + idColumn + " = ?";
    }
    try (var query = connection.prepareStatement(sql + " ORDER BY created_at, id")) {
      if (id != null) {
        query.setObject(1, id);
      }
      var rows = new ArrayList<Map<String, Object>>();
      try (var result = query.executeQuery()) {
        while (result.next()) {
          rows.add(row(result, idColumn));
        }
      }
      return rows;
    }
  }

  private Map<String, Object> row(ResultSet result, String idColumn) throws SQLException {
    var row = new LinkedHashMap<String, Object>();
    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
      var value = result.getObject(i);
      row.put(
          result.getMetaData().getColumnLabel(i),
          value instanceof Timestamp time ? time.toLocalDateTime().toString() : value);
    }
    row.put(idColumn, release.id(result, idColumn));
    return row;
  }

  private static void send(HttpExchange exchange, int status, Object body) throws IOException {
    var bytes = (json(body) + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static String json(Object value) {
    return switch (value) {
      case null -> "null";
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(e -> json(e.getKey()) + ": " + json(e.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case List<?> list ->
          list.stream().map(Registry::json).collect(Collectors.joining(", ", "[", "]"));
      case Number number -> number.toString();
      case Boolean bool -> bool.toString();
      default -> quoted(value.toString());
    };
  }

  private static String quoted(String text) {
    var json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  private static String oneLine(Exception e) {
    return String.valueOf(e.getMessage()).replaceAll("\\s*\\n\\s*", "; ");
  }

  private static void log(String format, Object... args) {
    System.out.println(Instant.now() + " " + String.format(format, args));
  }

  private static String env(String name, String otherwise) {
    var value = System.getenv(name);
    if (value != null && !value.isEmpty()) {
      return value;
    }
    if (otherwise == null) {
      throw new IllegalStateException(name + " is not set");
    }
    return otherwise;
  }
}
