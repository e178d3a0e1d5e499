package dev.schemaversion.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Report.BaselineSource;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.runner.command.ToolFixture.OnEngine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a user, or the tool's own tables, claim of a database, true and not true. */
class ToolClaimTest {
  @TempDir Path root;
  private ToolFixture tool;

  @AfterEach
  void close() {
    tool.close();
  }

  @ParameterizedTest
  @EnumSource
  void aTrueClaimIsProvenWithAllVersionsThatTheSchemaEqualsAndIsStamped(OnEngine engine)
      throws Exception {
    tool = new ToolFixture(engine, root).byHand("migrate", "03_tags");
    tool.database.execute("DROP TABLE tool_history");

    var report = tool.job.baseline("03_tags").baseline().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.baseline()).isEqualTo(new Report.Baseline(BaselineSource.PROVEN, "03_tags"));
    assertThat(report.proof().equalVersions()).containsExactly("03_tags", "04_admin");
    assertThat(tool.history()).containsExactly("01_users", "02_images", "03_tags");
    assertThat(tool.job.sync("04_admin").report().migrationsApplied()).isOne();
  }

  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL")
  void aFalseClaimIsRefutedAndNothingIsWritten(OnEngine engine) throws Exception {
    tool = new ToolFixture(engine, root).byHand("migrate", "02_images");
    tool.database.execute("DROP TABLE tool_history");
    var before = tool.database.dump();

    var report = tool.job.baseline("03_tags").baseline().report();

    assertThat(report.outcome()).isEqualTo(Outcome.CLAIM_REFUTED);
    assertThat(report.message()).contains("tags", "Its schema equals version 02_images.");
    assertThat(tool.database.dump()).isEqualTo(before);
  }

  /** What {@code glance-manage db version_control} does to a database with one stray table. */
  @ParameterizedTest
  @EnumSource
  void aStampThatIsNotTrueIsContradicted(OnEngine engine) throws Exception {
    tool = new ToolFixture(engine, root);
    tool.database.execute("CREATE TABLE images (id int)");
    tool.byHand("stamp", "04_admin");

    var report = tool.job.baseline().report();

    assertThat(report.outcome()).isEqualTo(Outcome.HISTORY_CONTRADICTED);
    assertThat(report.message()).contains("records version 04_admin", "images");
    assertThat(report.version()).isNull();
  }

  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL")
  void aHistoryOfTheToolIsTakenOverWhenItIsTrue(OnEngine engine) throws Exception {
    tool = new ToolFixture(engine, root).byHand("migrate", "02_images");

    var report = tool.job.baseline().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.version()).isEqualTo("02_images");
    assertThat(tool.job.sync("04_admin").report().migrationsApplied()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL")
  void aDatabaseWithoutHistoryAndClaimIsRefusedWithTheVersionThatItCouldHave(OnEngine engine)
      throws Exception {
    tool = new ToolFixture(engine, root).byHand("migrate", "02_images");
    tool.database.execute("DROP TABLE tool_history");

    var report = tool.job.baseline().report();

    assertThat(report.outcome()).isEqualTo(Outcome.BASELINE_REQUIRED);
    assertThat(report.message()).contains("Its schema equals version 02_images.");
  }

  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL")
  void rowsOfTheToolThatNoVersionHasAreShown(OnEngine engine) throws Exception {
    tool = new ToolFixture(engine, root).byHand("migrate", "02_images");
    tool.database.execute("INSERT INTO tool_history (version) VALUES ('99_future')");

    var report = tool.job.baseline().report();

    assertThat(report.outcome()).isEqualTo(Outcome.HISTORY_UNKNOWN);
    assertThat(report.message())
        .contains(
            "tool_history: version='99_future'", "records a version by “sh … stamp $(VERSION)”");
  }

  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL")
  void aClaimCannotBeRecordedWithoutACommandForIt(OnEngine engine) throws Exception {
    tool = new ToolFixture(engine, root).byHand("migrate", "03_tags").withoutStamp();
    tool.database.execute("DROP TABLE tool_history");
    var before = tool.database.dump();

    var report = tool.job.baseline("03_tags").baseline().report();

    assertThat(report.outcome()).isEqualTo(Outcome.INVALID_REQUEST);
    assertThat(report.message()).contains("spec.migrations.command.stamp");
    assertThat(tool.database.dump()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL")
  void aDifferenceThatIsAcceptedStaysAccepted(OnEngine engine) throws Exception {
    tool = new ToolFixture(engine, root).byHand("migrate", "02_images");
    tool.database.execute("CREATE TABLE extra (id int)");
    var digest = tool.job.baseline().report().proof().digest();

    tool.job.proof = new ProofRules(List.of(), digest, List.of(), null);
    var baseline = tool.job.baseline().report();
    var sync = tool.job.sync("04_admin").report();

    assertThat(baseline.baseline().source()).isEqualTo(BaselineSource.ACCEPTED);
    assertThat(sync.outcome()).as(sync.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(sync.proof().verdict()).isEqualTo(Verdict.Accepted);
  }

  @ParameterizedTest
  @EnumSource
  void driftIsFoundAndProvenAway(OnEngine engine) {
    tool = new ToolFixture(engine, root);
    tool.job.sync();
    var known = tool.job.proof.known().schema();

    assertThat(tool.job.verify().report().schema()).isEqualTo(known);
    tool.database.execute("ALTER TABLE images ADD COLUMN extra int");
    assertThat(tool.job.verify().report().schema()).isNotEqualTo(known);
    assertThat(tool.job.prove().report().outcome()).isEqualTo(Outcome.DRIFTED);
    tool.database.execute("ALTER TABLE images DROP COLUMN extra");
    assertThat(tool.job.prove().report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }
}
