package dev.schemaversion.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.Report.BaselineSource;
import dev.schemaversion.runner.command.ToolFixture.OnEngine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A migration tool of the user that migrates a database and finds out its version. */
class CommandToolTest {
  @TempDir Path root;
  private ToolFixture tool;

  @AfterEach
  void close() {
    tool.close();
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyDatabaseIsMigratedAndProven(OnEngine engine) {
    tool = new ToolFixture(engine, root).env("DEPLOYMENT", "yes");

    var baseline = tool.job.baseline().report();
    var report = tool.job.sync().report();

    assertThat(baseline.baseline().source()).isEqualTo(BaselineSource.EMPTY);
    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.version()).isEqualTo("04_admin");
    assertThat(report.migrationsApplied()).isEqualTo(4);
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(tool.history()).isEqualTo(ToolFixture.VERSIONS);
  }

  /** As Liquibase's {@code DEPLOYMENT_ID}. */
  @ParameterizedTest
  @EnumSource
  void aValueThatTheToolMakesUpEachTimeDoesNotHideTheVersion(OnEngine engine) throws Exception {
    tool = new ToolFixture(engine, root).env("DEPLOYMENT", "yes").byHand("migrate", "01_users");

    assertThat(tool.job.baseline().report().version()).isEqualTo("01_users");
    assertThat(tool.job.sync("02_images").report().version()).isEqualTo("02_images");
    var report = tool.job.sync("04_admin").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Equal);
  }

  /** As Liquibase's column with its own release. */
  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL")
  void aColumnThatIsIgnoredDoesNotHideTheVersion(OnEngine engine) throws Exception {
    tool = new ToolFixture(engine, root).byHand("migrate", "02_images");
    tool.database.execute("UPDATE tool_history SET deployment = 'an older release'");

    assertThat(tool.job.baseline().report().outcome()).isEqualTo(Outcome.HISTORY_UNKNOWN);
    tool.ignoring("tool_history.deployment");
    var report = tool.job.baseline().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.version()).isEqualTo("02_images");
  }

  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL")
  void aSecondSyncRunsNothing(OnEngine engine) {
    tool = new ToolFixture(engine, root);
    tool.job.sync();

    var ended = tool.job.sync();

    assertThat(ended.report().message()).contains("is at 04_admin already");
    assertThat(ended.log()).doesNotContain("applying");
  }

  @ParameterizedTest
  @EnumSource
  void anUpgradeIsRehearsedOnACloneWithTheRowsOfTheToolsTables(OnEngine engine) {
    tool = new ToolFixture(engine, root);
    tool.job.sync("02_images");

    var ended = tool.job.sync("04_admin");

    assertThat(ended.report().outcome()).as(ended.report().message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.report().migrationsApplied()).isEqualTo(2);
    // The clone, the scratch server and the real database.
    assertThat(ended.log().split("applying 03_tags", -1)).hasSize(4);
    assertThat(ended.log().split("applying 01_users", -1)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL")
  void aPlanNamesTheVersionsAndWhatTheyChangeAndRunsNothing(OnEngine engine) {
    tool = new ToolFixture(engine, root);
    tool.job.sync("02_images");
    var before = tool.database.dump();
    tool.job.version("04_admin");

    var plan = tool.job.plan().report().plan();

    assertThat(plan.migrations()).containsExactly("03_tags", "04_admin");
    assertThat(String.join("\n", plan.objects())).contains("tags");
    assertThat(tool.database.dump()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL")
  void aLowerVersionThanThePresentOneIsRefused(OnEngine engine) {
    tool = new ToolFixture(engine, root);
    tool.job.sync();

    var report = tool.job.sync("02_images").report();

    assertThat(report.outcome()).isEqualTo(Outcome.DOWNGRADE_REFUSED);
    assertThat(tool.history()).isEqualTo(ToolFixture.VERSIONS);
  }

  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL")
  void aVersionThatIsNotListedIsRefused(OnEngine engine) {
    tool = new ToolFixture(engine, root);

    var report = tool.job.sync("05_more").report();

    assertThat(report.outcome()).isEqualTo(Outcome.VERSION_MISSING);
    assertThat(report.message()).contains("05_more", "03_tags, 04_admin");
  }

  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL")
  void aToolThatOnlyKnowsItsNewestVersionHasOneVersion(OnEngine engine) {
    tool = new ToolFixture(engine, root).versions(List.of("04_admin"));

    var report = tool.job.sync().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.migrationsApplied()).isOne();
  }
}
