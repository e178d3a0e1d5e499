package dev.schemaversion.runner.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A baseline script among versioned ones, with a suffix for the engine and a history table as older
 * releases of Flyway named it.
 */
class SuffixedBaselineScriptTest {
  private static final String HISTORY =
      "SELECT concat_ws(' ', type, version, script) FROM schema_version ORDER BY installed_rank";

  private static final String TARGETS =
      "CREATE TABLE targets (id bigint PRIMARY KEY, name text);\n";
  private static final String NAMED = "CREATE INDEX targets_by_name ON targets (name);\n";

  @TempDir Path root;
  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = job(database, "one");
  }

  private Job job(Postgres.Database of, String name) {
    var set = new Job(root.resolve(name), of);
    set.flyway.table = "schema_version";
    set.flyway.suffixes = List.of("POSTGRESQL.sql");
    return set.file("V1_0_0__init___POSTGRESQL.sql", TARGETS)
        .file("V1_20_0__index___POSTGRESQL.sql", NAMED)
        .file("B1_20_0__all_in_one___POSTGRESQL.sql", TARGETS + NAMED)
        .file("V1_21_0__more___POSTGRESQL.sql", "ALTER TABLE targets ADD COLUMN kind integer;\n");
  }

  @Test
  void anEmptyDatabaseGetsTheBaselineScriptAndWhatComesAfterIt() {
    var report = job.sync("1.21.0").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(database.query(HISTORY))
        .containsExactly(
            "SQL_BASELINE 1.20.0 B1_20_0__all_in_one___POSTGRESQL.sql",
            "SQL 1.21.0 V1_21_0__more___POSTGRESQL.sql");
    assertThat(job.baseline().report().proof().verdict()).isEqualTo(Verdict.Equal);
  }

  @Test
  void belowTheBaselineScriptTheVersionedOnesRunAndGoOnWithoutIt() {
    assertThat(job.sync("1.0.0").report().outcome()).isEqualTo(Outcome.SUCCEEDED);

    var report = job.sync("1.21.0").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(database.query(HISTORY))
        .containsExactly(
            "SQL 1.0.0 V1_0_0__init___POSTGRESQL.sql",
            "SQL 1.20.0 V1_20_0__index___POSTGRESQL.sql",
            "SQL 1.21.0 V1_21_0__more___POSTGRESQL.sql");
  }

  @Test
  void aDatabaseWithoutAHistoryIsProvenAtTheVersionOfTheBaselineScript() {
    database.execute(TARGETS, NAMED);

    var report = job.version("1.21.0").baseline("1.20.0").baseline().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(job.sync("1.21.0").report().migrationsApplied()).isEqualTo(1);
  }

  @Test
  void aDatabaseOfTheVersionedScriptsAloneIsProvenWhereTheBaselineScriptWasAddedLater() {
    job.without("B1_20_0__all_in_one___POSTGRESQL.sql").sync("1.21.0");

    var report = job(database, "two").version("1.21.0").baseline().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Equal);
  }
}
