package dev.schemaversion.samples;

import dev.schemaversion.runner.mariadb.MariaDb.Product;
import dev.schemaversion.runner.snapshot.Scope;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.SnapshotReader;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.MariaDbServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** A database of a real MariaDB or MySQL, and the sample's scripts to run in it as its owner. */
record GlanceMariaDb(MariaDb.Database database) {
  static final Path MIGRATIONS = GlanceDatabase.SAMPLE.resolve("migrations-mariadb");

  static GlanceMariaDb empty() {
    return new GlanceMariaDb(MariaDb.fresh());
  }

  /** Schema 9 with its rows, and no history. */
  static GlanceMariaDb diablo() {
    return empty().script("environment-mariadb-diablo", "diablo.sql");
  }

  /** What the Essex registry makes by itself, on that server. */
  static GlanceMariaDb essex(MariaDbServer server) {
    return new GlanceMariaDb(MariaDb.fresh(server))
        .script("environment-mariadb-essex", "essex.sql")
        .script("environment-mariadb-essex", "migrate-version.sql");
  }

  static GlanceMariaDb migrated(int version) {
    return migrated(MariaDb.server(), version);
  }

  static GlanceMariaDb migrated(MariaDbServer server, int version) {
    return new GlanceMariaDb(MariaDb.fresh(server)).migrateTo(version);
  }

  private FluentConfiguration flyway() {
    return Flyway.configure()
        .dataSource(database.url(), database.user(), database.password())
        .locations("filesystem:" + MIGRATIONS)
        .validateMigrationNaming(true)
        .failOnMissingLocations(true);
  }

  GlanceMariaDb migrateTo(int version) {
    flyway().target(String.valueOf(version)).load().migrate();
    return this;
  }

  /** What the baseline Job does with a database that is claimed to be at that version. */
  GlanceMariaDb claim(int version) {
    flyway().baselineVersion(String.valueOf(version)).load().baseline();
    return this;
  }

  GlanceMariaDb script(String folder, String file) {
    try {
      return execute(Files.readString(GlanceDatabase.SAMPLE.resolve(folder).resolve(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  GlanceMariaDb execute(String sql) {
    database.execute(sql);
    return this;
  }

  List<String> rows(String sql) {
    return database.query(sql);
  }

  Snapshot snapshot() throws SQLException {
    try (var connection = database.connectAsOwner()) {
      return new SnapshotReader(connection, Scope.of()).read();
    }
  }

  /** Lines without what is the server's own default here. */
  List<String> lines() throws SQLException {
    return snapshot().lines().stream()
        .map(line -> COLLATION.matcher(line.toString()).replaceAll(""))
        .toList();
  }

  /**
   * What MariaDB writes of a schema, as the server of the tests writes it: MySQL has no widths of
   * integers, no default of texts, and its checks of columns are constraints of the table.
   */
  static List<String> written(String lines) {
    return MariaDb.product() == Product.MARIADB
        ? lines.lines().toList()
        : lines
            .lines()
            .map(line -> line.replaceAll(" CHECK \\(`\\w+` in \\(0,1\\)\\)$", ""))
            .map(line -> line.replaceAll("int\\((?!1\\))\\d+\\)", "int"))
            .map(line -> line.replaceAll("(: text( COLLATE \\w+)?) DEFAULT NULL$", "$1"))
            .map(line -> line.replace("latin1_swedish_ci", "utf8mb4_0900_ai_ci"))
            .map(line -> line.replace("=latin1", "=utf8mb4"))
            .toList();
  }

  private static final Pattern COLLATION =
      Pattern.compile(" (COLLATE |DEFAULT CHARSET=|COLLATE=|CHARACTER SET )\\w+");
}
