package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What migrations grant and partition must be there; what others add is noted. */
class RightsAndPartitionsTest {
  @TempDir Path root;

  private Postgres.Database database;
  private Job job;

  /** The role pg_monitor stands for a program's own role; every server has it. */
  @BeforeEach
  void migrate() {
    database = Postgres.fresh();
    job =
        new Job(root, database)
            .file(
                "V1__images.sql",
                """
                CREATE TABLE images (id int PRIMARY KEY, owner text);
                GRANT SELECT ON images TO pg_monitor;
                CREATE FUNCTION purge() RETURNS void LANGUAGE sql SECURITY DEFINER
                  AS 'DELETE FROM public.images';
                REVOKE EXECUTE ON FUNCTION purge() FROM PUBLIC;
                """)
            .file(
                "V2__measurements.sql",
                """
                CREATE TABLE measurements (at date NOT NULL, value int) PARTITION BY RANGE (at);
                CREATE TABLE measurements_2025 PARTITION OF measurements
                  FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
                CREATE INDEX only_2025 ON measurements_2025 (value);
                """)
            .file("V3__more.sql", "ALTER TABLE images ADD COLUMN size bigint;");
    var report = job.sync("2").report();
    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void aPublicationOfTheMigrationsIsInTheRehearsalAndMustStay() {
    job.file("V3__more.sql", "CREATE PUBLICATION images_only FOR TABLE images;")
        .file("V4__later.sql", "ALTER TABLE images ADD COLUMN size bigint;");

    assertThat(job.sync("3").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(job.sync("4").report().outcome()).isEqualTo(Outcome.SUCCEEDED);

    database.execute("DROP PUBLICATION images_only");
    assertThat(job.prove().report().message()).contains("- publication images_only");
  }

  @Test
  void aGrantThatIsRevokedByHandIsDrift() {
    database.execute("REVOKE SELECT ON images FROM pg_monitor");

    assertThat(job.verify().report().schema().fingerprint())
        .isNotEqualTo(job.proof.known().schema().fingerprint());
    var report = job.prove().report();

    assertThat(report.outcome()).isEqualTo(Outcome.DRIFTED);
    assertThat(report.message())
        .contains(
            "- grant public.images.pg_monitor.SELECT: GRANT SELECT ON TABLE public.images TO"
                + " pg_monitor");
  }

  @Test
  void aDoorThatIsOpenedToEverybodyRefutesTheHistory() {
    database.execute("GRANT EXECUTE ON FUNCTION purge() TO PUBLIC");
    job.proof = ProofRules.STRICT;

    var report = job.baseline().report();

    assertThat(report.outcome()).isEqualTo(Outcome.HISTORY_CONTRADICTED);
    assertThat(report.message())
        .contains(
            "- revoke public.purge().PUBLIC.EXECUTE: REVOKE EXECUTE ON FUNCTION public.purge()");
  }

  @Test
  void whereGrantsAreOnlyNotedTheyDoNotEvenAskForANewProof() {
    job.proof = new ProofRules(List.of(), null, List.of(), null, ProofRules.Grants.Note);
    var before = job.verify().report().schema();
    database.execute(
        "REVOKE SELECT ON images FROM pg_monitor", "GRANT EXECUTE ON FUNCTION purge() TO PUBLIC");

    assertThat(job.verify().report().schema()).isEqualTo(before);
    var ended = job.baseline();

    assertThat(ended.report().outcome()).as(ended.report().message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.log())
        .contains(
            "note, does not count: - grant public.images.pg_monitor.SELECT",
            "note, does not count: - revoke public.purge().PUBLIC.EXECUTE");
  }

  @Test
  void aPartitionThatIsDroppedByHandIsDrift() {
    database.execute("DROP TABLE measurements_2025");

    var report = job.prove().report();

    assertThat(report.outcome()).isEqualTo(Outcome.DRIFTED);
    assertThat(report.message())
        .contains(
            "- partition public.measurements.measurements_2025: FOR VALUES FROM ('2025-01-01')");
  }

  @Test
  void aPartitionOfAProgramIsProvenWithANoteAndStaysInTheRehearsal() {
    database.execute(
        """
        CREATE TABLE measurements_2026 PARTITION OF measurements
          FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
        CREATE INDEX only_2026 ON measurements_2026 (value);
        """);

    var ended = job.prove();

    assertThat(ended.report().proof().verdict())
        .as(ended.report().message())
        .isEqualTo(Verdict.Equal);
    assertThat(ended.log())
        .contains(
            "note, does not count: + partition public.measurements.measurements_2026",
            "note, does not count: + index public.measurements_2026.only_2026");

    var sync = job.sync("3").report();

    assertThat(sync.outcome()).as(sync.message()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void partitionsThatOthersManageAreIgnoredWithAllThatIsInThem() {
    job.proof = new ProofRules(List.of("partition public.measurements.*"), null, List.of(), null);
    database.execute("DROP TABLE measurements_2025");

    var report = job.baseline().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void ownersAndGrantsOfARestoredDatabaseAreNotedAndTheNextVersionIsRehearsed() {
    database.admin(
        "GRANT SELECT ON images TO pg_read_all_stats WITH GRANT OPTION",
        "GRANT " + database.user() + " TO postgres",
        "ALTER TABLE measurements OWNER TO pg_monitor",
        "GRANT ALL ON measurements TO " + database.user());
    job.proof = ProofRules.STRICT;

    var baseline = job.baseline();

    assertThat(baseline.report().outcome())
        .as(baseline.report().message())
        .isEqualTo(Outcome.SUCCEEDED);
    assertThat(baseline.log())
        .contains("note, does not count: + owner public.measurements.pg_monitor");

    var sync = job.sync("3").report();

    assertThat(sync.outcome()).as(sync.message()).isEqualTo(Outcome.SUCCEEDED);
  }
}
