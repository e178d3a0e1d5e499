package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody did to a database since it was proven is found and named. */
class VerifyTest {
  @TempDir Path root;

  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job =
        new Job(root, database)
            .file("V1__images.sql", "CREATE TABLE images (id int PRIMARY KEY, size int);")
            .file("V2__index.sql", "CREATE INDEX ix_size ON images (size);");
    job.sync("2");
  }

  @Test
  void aLookThatFindsWhatWasProvenSaysTheSameFingerprints() {
    var known = job.proof.known().schema();

    var report = job.verify().report();

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.version()).isEqualTo("2");
    assertThat(report.schema()).isEqualTo(known);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DROP INDEX ix_size                                     | - index public.images.ix_size
          ALTER TABLE images ALTER size TYPE bigint              | column public.images.size
          CREATE TRIGGER t BEFORE UPDATE ON images FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger() | + trigger public.images.t
          ALTER TABLE images RENAME size TO bytes                | ~ column public.images.size
          """)
  void aChangeByHandIsNamed(String change, String named) {
    var before = job.proof.known().schema();
    database.execute(change);

    var look = job.verify().report();
    var proof = job.prove().report();

    assertThat(look.schema().fingerprint()).isNotEqualTo(before.fingerprint());
    assertThat(proof.outcome()).as(proof.message()).isEqualTo(Outcome.DRIFTED);
    assertThat(proof.proof().verdict()).isEqualTo(Verdict.Different);
    assertThat(String.join("\n", proof.proof().first())).contains(named);
  }

  @Test
  void aChangeThatIsUndoneIsNoDriftAnyMore() {
    database.execute("DROP INDEX ix_size");
    job.prove();
    database.execute("CREATE INDEX ix_size ON images (size)");

    assertThat(job.prove().report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(job.verify().report().schema()).isEqualTo(job.proof.known().schema());
  }

  @Test
  void anEditedHistoryRowIsNamed() {
    var before = job.proof.known().schema();
    database.execute("UPDATE flyway_schema_history SET checksum = 1 WHERE version = '2'");

    var look = job.verify().report();
    var proof = job.prove().report();

    assertThat(look.schema().fingerprint()).isEqualTo(before.fingerprint());
    assertThat(look.schema().history()).isNotEqualTo(before.history());
    assertThat(proof.outcome()).isEqualTo(Outcome.DRIFTED);
    assertThat(proof.message()).contains("V2__index.sql");
  }

  @Test
  void anOlderBackupIsNamedWithBothVersions() {
    database.execute("DROP INDEX ix_size", "DELETE FROM flyway_schema_history WHERE version = '2'");

    var report = job.prove().report();

    assertThat(report.outcome()).isEqualTo(Outcome.DRIFTED);
    assertThat(report.message()).contains("was at 2").contains("is at 1 now");
    assertThat(report.version()).isEqualTo("1");
  }

  @Test
  void aHistoryThatIsGoneIsNamed() {
    database.execute("DROP TABLE flyway_schema_history");

    var report = job.prove().report();

    assertThat(report.outcome()).isEqualTo(Outcome.DRIFTED);
    assertThat(report.message()).contains("has no history now");
  }

  @Test
  void anotherServerBehindTheSameNameIsNamed() {
    job.expected = new DatabaseIdentity("1", database.name());

    assertThat(job.verify().report().outcome()).isEqualTo(Outcome.DATABASE_CHANGED);
  }

  @Test
  void nothingIsWritten() {
    var before = database.dump();

    job.verify();
    job.prove();

    assertThat(database.dump()).isEqualTo(before);
  }
}
