package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scripts of PostgreSQL that are not rolled back as a whole: they run, and are written as Flyway.
 */
class NonTransactionalTest {
  private static final String HISTORY =
      "SELECT concat_ws(' ', installed_rank, version, description, type, script, checksum,"
          + " success) FROM flyway_schema_history ORDER BY installed_rank";

  @TempDir Path root;
  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = NonTransactionalFixture.migrated(root, database);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE INDEX CONCURRENTLY j ON t (b);",
        "VACUUM t;",
        "VACUUM t; REINDEX INDEX CONCURRENTLY i;",
        "CREATE TABLE u (a int); VACUUM t; SET ROLE pg_read_all_data;",
        "BEGIN; CREATE TABLE u (a int); COMMIT;",
        "start  transaction; CREATE TABLE u (a int); commit work;",
        "CREATE TABLE u (a int); COMMIT AND CHAIN; CREATE TABLE v (a int); END;",
        "CREATE TABLE u (a int); ROLLBACK; CREATE TABLE v (a int);",
        "CREATE TABLE u (a int); ABORT;",
        "-- a note\n/* and\nanother */ Commit;",
        "INSERT INTO t VALUES (1); COMMIT; ALTER TABLE t ADD COLUMN c int;",
        "ALTER TYPE mood ADD VALUE 'ok'; COMMIT; INSERT INTO t VALUES (1, 1, 'ok');",
        "ALTER TYPE mood ADD VALUE 'ok'; VACUUM t; INSERT INTO t VALUES (1, 1, 'ok');",
        "VACUUM t; CALL p();",
      })
  void itRunsAndItsRowIsTheOneThatFlywayWrites(String sql) throws Exception {
    database.admin("GRANT pg_read_all_data TO " + database.user() + " WITH ADMIN OPTION");
    job.file("V2__x.sql", sql + "\n").tables(3);

    var ended = job.sync("3");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(database.query(HISTORY)).isEqualTo(byFlyway(sql + "\n"));
  }

  private List<String> byFlyway(String sql) throws Exception {
    var folder = Files.createDirectory(root.resolve("by-flyway"));
    Files.writeString(folder.resolve("V1__t.sql"), NonTransactionalFixture.FIRST);
    Files.writeString(folder.resolve("V2__x.sql"), sql);
    Files.writeString(folder.resolve("V3__table_3.sql"), "CREATE TABLE t3 (id int);\n");
    var other = Postgres.fresh();
    other.admin("GRANT pg_read_all_data TO " + other.user());
    var flyway =
        Flyway.configure()
            .dataSource(
                "jdbc:postgresql://localhost:" + other.port() + "/" + other.name(),
                other.user(),
                other.password())
            .locations("filesystem:" + folder)
            .mixed(true);
    flyway
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    flyway.load().migrate();
    return other.query(HISTORY);
  }

  @Test
  void twelveStatementsOfWhichTheSecondCannotRunInATransaction() {
    job.file("V2__x.sql", NonTransactionalFixture.twelve("CREATE TABLE t8 (id int);"));

    var ended = job.sync("2");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(database.query("SELECT to_regclass('i')")).containsExactly((String) null);
    assertThat(database.query("SELECT to_regclass('t12')")).containsExactly("t12");
  }

  @Test
  void aDatabaseIsCreatedOnTheServerAndNotOnTheScratchServer() {
    var created = database.name() + "_more";
    database.admin("ALTER ROLE " + database.user() + " CREATEDB");
    job.file("V2__x.sql", "CREATE DATABASE " + created + ";\n").tables(3);

    var ended = job.sync("3");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.log()).containsOnlyOnce("skipped on the scratch server");
    assertThat(database.query("SELECT datname FROM pg_database WHERE datname = '" + created + "'"))
        .containsExactly(created);
    database.admin("DROP DATABASE " + created);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ALTER SYSTEM SET work_mem = '8MB';", "CREATE DATABASE not_mine;"})
  void whatTheUserMayNotDoToTheServerFailsAndLeavesNothing(String sql) {
    job.file("V2__x.sql", sql);

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.MIGRATION_FAILED);
    assertThat(report.message()).contains("V2__x.sql line 1: permission denied");
    assertThat(database.query("SELECT script FROM flyway_schema_history"))
        .containsExactly("V1__t.sql");
  }

  @Test
  void aSessionThatForgetsAllItsSettingsAndLocksGoesOn() {
    job.file("V2__x.sql", "CREATE TABLE u (a int); DISCARD ALL;").tables(3);

    var ended = job.sync("3");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void aStatementThatNeedsItsOwnTransactionAndIsNotKnownToFlywayIsToldHowToGetIt() {
    job.file("V2__x.sql", "REINDEX INDEX CONCURRENTLY i;");

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.REHEARSAL_FAILED);
    assertThat(report.message()).contains("executeInTransaction=false in V2__x.sql.conf");
  }
}
