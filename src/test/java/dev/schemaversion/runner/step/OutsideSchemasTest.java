package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.request.KnownSchema;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What migrations make outside {@code spec.database.schemas} counts, too. */
class OutsideSchemasTest {
  @TempDir Path root;

  private Postgres.Database database;
  private Job job;

  /** The schema common belongs to somebody else, who lets the migrations make tables in it. */
  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    database.admin(
        "CREATE SCHEMA common",
        "GRANT ALL ON SCHEMA common TO " + database.user(),
        "CREATE TABLE common.theirs (id int)",
        "GRANT SELECT ON common.theirs TO " + database.user());
    job =
        new Job(root, database)
            .file(
                "V1__shop.sql",
                "CREATE TABLE t (); CREATE SCHEMA shop; CREATE TABLE shop.a (id int);")
            .file("V2__common.sql", "CREATE TABLE common.ours (id int);")
            .file(
                "V3__more.sql",
                "CREATE SCHEMA bare; CREATE VIEW shop.v AS SELECT 1 AS id FROM shop.a;")
            .file("V4__gone.sql", "DROP SCHEMA shop CASCADE;");
  }

  @Test
  void isRecordedWithTheProofAndFollowsTheMigrations() {
    assertThat(succeeded(job.sync("1")).proof().basis().outside()).containsExactly("shop.*");
    assertThat(succeeded(job.sync("2")).proof().basis().outside())
        .containsExactly("common.ours", "shop.*");
    assertThat(succeeded(job.sync("3")).proof().basis().outside())
        .containsExactly("bare", "common.ours", "shop.*");
    assertThat(succeeded(job.sync("4")).proof().basis().outside())
        .containsExactly("bare", "common.ours");
  }

  @Test
  void anObjectThatIsMissingOrDifferentIsDrift() {
    var proven = succeeded(job.sync("3")).schema();
    database.execute(
        "DROP VIEW shop.v", "ALTER TABLE common.ours ADD COLUMN by_hand int", "DROP SCHEMA bare");

    assertThat(job.verify().report().schema()).isNotEqualTo(proven);
    var report = job.prove().report();

    assertThat(report.outcome()).isEqualTo(Outcome.DRIFTED);
    assertThat(report.proof().first())
        .containsExactly(
            "+ column common.ours.by_hand: integer",
            "- schema bare: ",
            "- view shop.v: AS SELECT 1 AS id\\n   FROM shop.a",
            "- view column shop.v.id: integer");
    assertThat(job.sync().report().outcome()).isEqualTo(Outcome.DRIFTED);
  }

  @Test
  void othersObjectsCountInASchemaThatTheMigrationsCreateAndNowhereElse() {
    var proven = succeeded(job.sync("3")).schema();
    database.admin("CREATE TABLE common.more_of_theirs (id int)", "CREATE TABLE bare.theirs ()");

    assertThat(job.verify().report().schema()).isEqualTo(proven);
    database.execute("CREATE TABLE shop.by_hand ()");

    assertThat(job.verify().report().schema()).isNotEqualTo(proven);
    assertThat(job.prove().report().proof().first()).containsExactly("+ table shop.by_hand: ");
  }

  @Test
  void aClaimCoversThemAndAnIgnoredObjectDoesNotCount() {
    job.sync("3");
    database.execute("DROP TABLE flyway_schema_history", "DROP TABLE shop.a CASCADE");
    job.proof = ProofRules.STRICT;

    assertThat(job.baseline("3").baseline().report().proof().differences()).isEqualTo(4);
    job.proof = new ProofRules(List.of("* shop.*"), null, List.of(), null);

    var report = job.baseline().report();
    assertThat(succeeded(report).proof().basis().outside())
        .containsExactly("bare", "common.ours", "shop");
    assertThat(report.proof().equalVersions()).contains("3");
  }

  /** As an operator that has not recorded them hands it over. */
  @Test
  void aProofThatDidNotRecordThemIsMadeAgain() {
    job.sync("3");
    var known = job.proof.known();
    database.execute("DROP VIEW shop.v");
    job.proof =
        new ProofRules(
            List.of(), null, List.of(), new KnownSchema(known.version(), known.schema(), null));

    assertThat(job.sync().report().outcome()).isEqualTo(Outcome.DRIFTED);
  }

  private static Report succeeded(Job.Ended ended) {
    return succeeded(ended.report());
  }

  private static Report succeeded(Report report) {
    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    return report;
  }
}
