package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.request.RunLimits;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that stand against pending migrations end a run before they do. */
class RowsViolateTest {
  private static final String UNIQUE = "CREATE UNIQUE INDEX users_email ON users (email);\n";

  @TempDir Path root;
  private TestDatabase database;
  private Job job;

  private void prepare(OnEngine engine) {
    database = engine.fresh();
    job =
        new Job(root, database)
            .file(
                "V1__users.sql",
                "CREATE TABLE users (id int, email varchar(100)); CREATE SEQUENCE s;");
    job.sync("1");
    database.execute("INSERT INTO users VALUES (1, 'secret@x'), (2, 'secret@x'), (3, 'secret@y')");
  }

  private Report refused(Job.Ended ended) {
    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.ROWS_VIOLATE_CONSTRAINT);
    assertThat(ended.log() + Codec.write(ended.written())).doesNotContain("secret@");
    return ended.report();
  }

  @ParameterizedTest
  @EnumSource
  void rowsThatNoPendingMigrationChangesEndASyncAndAPlanWithTheDatabaseUntouched(OnEngine engine) {
    prepare(engine);
    job.file("V2__unique.sql", UNIQUE);
    var before = database.dump();

    var sync = refused(job.sync("2"));
    var plan = refused(job.plan());

    assertThat(database.dump()).isEqualTo(before);
    assertThat(sync.message())
        .contains("users", "email", "2 rows break that: SELECT ", "HAVING count(*) > 1")
        .contains("not touched", "schemaversion.dev/retry");
    assertThat(plan.plan()).isNull();
    assertThat(sync.version()).isEqualTo("1");
  }

  @ParameterizedTest
  @EnumSource
  void rowsThatAPendingMigrationCorrectsAreAWarning(OnEngine engine) {
    prepare(engine);
    job.file("V2__unique.sql", "UPDATE users SET email = id WHERE id < 3;\n" + UNIQUE);

    var plan = job.version("2").plan();
    var sync = job.sync("2");

    assertThat(plan.report().outcome()).as(plan.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(plan.report().rowWarnings()).singleElement().asString().contains("2 rows break");
    assertThat(sync.report().outcome()).as(sync.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(sync.report().rowWarnings()).hasSize(1);
    assertThat(sync.log()).contains("warning: ").doesNotContain("secret@");
  }

  @ParameterizedTest
  @EnumSource
  void afterTheRowsAreCorrectedTheSyncRuns(OnEngine engine) {
    prepare(engine);
    job.file("V2__unique.sql", UNIQUE);
    refused(job.sync("2"));

    database.execute("DELETE FROM users WHERE id = 1");
    var sync = job.sync("2");

    assertThat(sync.report().outcome()).as(sync.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(sync.report().rowWarnings()).isNull();
  }

  /**
   * Each partition has the rule too; a row that breaks it is counted once. That is a warning,
   * because a script may drop a partition with its rows and not name the table.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "ALTER TABLE events ALTER note SET NOT NULL | 2",
        "ALTER TABLE events ADD CHECK (size > 0) | 3",
        "CREATE UNIQUE INDEX events_size ON events (region, size) | 2",
        "ALTER TABLE events ADD FOREIGN KEY (size) REFERENCES users_id (id) | 3",
        "ALTER TABLE events ALTER note TYPE varchar(1) | 1",
      })
  void rowsOfAPartitionedTableAreCountedOnce(String statement, int rows) {
    prepare(OnEngine.POSTGRESQL);
    job.file(
            "V2__events.sql",
            """
            CREATE TABLE users_id (id int PRIMARY KEY);
            CREATE TABLE events (region text, size int, note text) PARTITION BY LIST (region);
            CREATE TABLE events_a PARTITION OF events FOR VALUES IN ('a');
            CREATE TABLE events_b PARTITION OF events FOR VALUES IN ('b');
            """)
        .sync("2");
    database.execute(
        "INSERT INTO events VALUES ('a', 0, NULL), ('a', 0, '1'), ('b', -1, NULL), ('b', 5, 'xy')",
        "INSERT INTO users_id VALUES (5)");
    job.file("V3__rule.sql", statement + ";");

    var plan = job.version("3").plan();

    assertThat(plan.report().outcome()).as(plan.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(plan.report().rowWarnings())
        .singleElement()
        .asString()
        .contains(rows == 1 ? "1 row breaks" : rows + " rows break");
  }

  @Test
  void countingThatTakesTooLongIsSaidAndStopsNothing() {
    prepare(OnEngine.POSTGRESQL);
    job.limits = new RunLimits(null, 5, 1);
    job.file("V2__slow.sql", "ALTER TABLE users ADD CHECK (pg_sleep(0.5) IS NOT NULL);");

    var sync = job.sync("2").report();

    assertThat(sync.outcome()).as(sync.message()).isEqualTo(Outcome.STATEMENT_TIMEOUT);
    assertThat(sync.message()).contains("Counting took too long");
  }

  @Test
  void countingCannotWrite() {
    prepare(OnEngine.POSTGRESQL);
    job.file("V2__check.sql", "ALTER TABLE users ADD CHECK (nextval('public.s') > 0);");

    var plan = job.version("2").plan();

    assertThat(plan.report().outcome()).as(plan.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(plan.log()).contains("not counted in public.users", "read-only");
    assertThat(database.query("SELECT is_called FROM s")).containsExactly("f");
  }
}
