package dev.schemaversion.samples;

import dev.schemaversion.testing.EmbeddedServers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * A new, empty database for each test, on one PostgreSQL per JVM, and the sample's scripts to run
 * in it.
 */
final class GlanceDatabase {

  static final Path SAMPLE = Path.of("deploy", "samples", "glance");
  static final Path MIGRATIONS = SAMPLE.resolve("migrations");
  static final Path DIABLO = SAMPLE.resolve("environment-diablo").resolve("diablo.sql");
  static final String USER = "postgres";

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final String name;
  private final DataSource dataSource;

  private GlanceDatabase(String name) {
    this.name = name;
    this.dataSource = Server.POSTGRES.getDatabase(USER, name);
  }

  static GlanceDatabase empty() {
    var name = "glance_" + NUMBER.incrementAndGet();
    var server = new GlanceDatabase("postgres");
    server.execute("CREATE DATABASE " + name);
    return new GlanceDatabase(name);
  }

  /** Schema 9 with its rows, and no history. */
  static GlanceDatabase diablo() {
    var database = empty();
    database.execute(DIABLO);
    return database;
  }

  String name() {
    return name;
  }

  int port() {
    return Server.POSTGRES.getPort();
  }

  Connection connect() throws SQLException {
    return dataSource.getConnection();
  }

  /** Flyway on the thirteen migrations and whatever else the folders hold. */
  FluentConfiguration flyway(Path... more) {
    var locations =
        Stream.concat(Stream.of(MIGRATIONS), Arrays.stream(more))
            .map(folder -> "filesystem:" + folder);
    return Flyway.configure()
        .dataSource(dataSource)
        .locations(locations.toArray(String[]::new))
        .validateMigrationNaming(true)
        .failOnMissingLocations(true);
  }

  void migrateTo(int version) {
    flyway().target(String.valueOf(version)).load().migrate();
  }

  /** What the baseline Job does with a database that is claimed to be at that version. */
  void claim(int version) {
    flyway().baselineVersion(String.valueOf(version)).load().baseline();
  }

  void execute(Path script) {
    try {
      execute(Files.readString(script));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void execute(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The rows as text, the columns parted by a bar. */
  List<String> rows(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      var rows = new ArrayList<String>();
      var columns = row.getMetaData().getColumnCount();
      while (row.next()) {
        var cells = new ArrayList<String>();
        for (int i = 1; i <= columns; i++) {
          cells.add(String.valueOf(row.getString(i)));
        }
        rows.add(String.join(" | ", cells));
      }
      return List.copyOf(rows);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Started by the first test that asks for it; it ends itself with the JVM. */
  private static final class Server {
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedServers.postgres18().start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
