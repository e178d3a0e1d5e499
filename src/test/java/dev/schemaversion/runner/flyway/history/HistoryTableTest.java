package dev.schemaversion.runner.flyway.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.Job;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.flyway.setup.FlywayLog;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of a history mean what Flyway takes them for. */
class HistoryTableTest {
  private static final int HISTORIES = 200;
  private static final int MOST_ROWS = 9;
  private static final List<String> TYPES =
      List.of(
          "SQL",
          "SQL",
          "SQL",
          "DELETE",
          "DELETE",
          "UNDO_SQL",
          "UNDO_SCRIPT",
          "UNDO_JDBC",
          "BASELINE",
          "JDBC",
          "SPRING_JDBC",
          "SCRIPT",
          "CUSTOM",
          "SQL_BASELINE",
          "JDBC_BASELINE",
          "SCHEMA",
          "REPEATABLE");

  @TempDir Path root;
  private Postgres.Database database;
  private Flyway flyway;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    new Job(root, database).tables(1).sync("1");
    flyway =
        Flyway.configure()
            .loggers(FlywayLog.class.getName())
            .dataSource(
                "jdbc:postgresql://localhost:" + database.port() + "/" + database.name(),
                database.user(),
                database.password())
            .schemas("public")
            .locations(new String[0])
            .skipDefaultResolvers(true)
            .load();
  }

  @Test
  void thePresentVersionIsTheOneThatFlywayReports() throws SQLException {
    int compared = 0;
    for (int seed = 0; compared < HISTORIES; seed++) {
      var rows = write(new Random(seed));
      Optional<MigrationVersion> flyways;
      try {
        flyways = Optional.ofNullable(flyway.info().current()).map(MigrationInfo::getVersion);
      } catch (FlywayException e) {
        assertThat(e.getErrorCode()).isEqualTo(CoreErrorCode.DUPLICATE_DELETED_MIGRATION);
        continue;
      }
      assertThat(read().present()).as("seed %s: %s", seed, rows).isEqualTo(flyways);
      compared++;
    }
  }

  /** What is written for it could otherwise hit a row that another tool has corrected. */
  @Test
  void noChecksumIsWrittenIfOneRowIsNotAsItWasRead() throws SQLException {
    database.execute(
        "DELETE FROM flyway_schema_history", row(1, "SQL", "1", "x"), row(2, "SQL", "2", "x"));
    var before = database.dump();
    var first = new ChangedMigration(1, "V1__x.sql", 7, "new", 1, "x");

    for (var other :
        List.of(
            new ChangedMigration(2, "V2__x.sql", 7, "new", 5, "x"),
            new ChangedMigration(2, "V2__x.sql", 7, "new", null, "x"),
            new ChangedMigration(2, "V2__x.sql", 7, "new", 1, "y"))) {
      assertThatThrownBy(() -> update(first, other))
          .isInstanceOfSatisfying(
              RunFailure.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.LOCK_BUSY))
          .hasMessageContaining("V2__x.sql");
      assertThat(database.dump()).isEqualTo(before);
    }
    update(first);
    assertThat(
            database.query("SELECT description || checksum FROM flyway_schema_history ORDER BY 1"))
        .containsExactly("new7", "x1");
  }

  private void update(ChangedMigration... changed) throws SQLException {
    try (var session = database.connectAsOwner()) {
      new ChecksumUpdate(session, "flyway_schema_history").write(List.of(changed));
    }
  }

  private HistoryTable read() throws SQLException {
    try (var session = database.connectAsOwner()) {
      return HistoryTable.read(session, true, "flyway_schema_history");
    }
  }

  private List<String> write(Random random) {
    var statements = new ArrayList<>(List.of("DELETE FROM flyway_schema_history"));
    var rows = new ArrayList<String>();
    int count = 1 + random.nextInt(MOST_ROWS);
    for (int rank = 1; rank <= count; rank++) {
      var type = TYPES.get(random.nextInt(TYPES.size()));
      boolean versioned = !type.equals("SCHEMA") && !type.equals("REPEATABLE");
      var version = versioned ? String.valueOf(1 + random.nextInt(4)) : null;
      statements.add(row(rank, versioned || type.equals("SCHEMA") ? type : "SQL", version, "x"));
      rows.add(type + " " + version);
    }
    database.execute(statements.toArray(String[]::new));
    return rows;
  }

  private static String row(int rank, String type, String version, String description) {
    return "INSERT INTO flyway_schema_history VALUES (%d, %s, '%s', '%s', 's', 1, 'u', now(), 1, true)"
        .formatted(rank, version == null ? "NULL" : "'" + version + "'", description, type);
  }
}
