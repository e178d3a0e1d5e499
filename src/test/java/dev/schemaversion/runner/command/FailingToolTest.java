package dev.schemaversion.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.request.RunLimits;
import dev.schemaversion.runner.command.ToolFixture.OnEngine;
import dev.schemaversion.runner.report.Shutdown;
import dev.schemaversion.testing.Extended;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A migration tool that fails, dies, hangs or does not do what it says. */
class FailingToolTest {
  @TempDir Path root;
  private ToolFixture tool;

  @AfterEach
  void close() {
    tool.close();
  }

  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL")
  void whatFailsOnTheScratchServerLeavesTheDatabaseUntouched(OnEngine engine) {
    tool = new ToolFixture(engine, root).trick("refuse");
    var before = tool.database.dump();

    var report = tool.job.sync().report();

    assertThat(report.outcome()).isEqualTo(Outcome.REHEARSAL_FAILED);
    assertThat(report.message()).contains("exit code 3", "I will not");
    assertThat(tool.database.dump()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void exitCodeZeroWithoutTheVersionIsAFailure(OnEngine engine) {
    tool = new ToolFixture(engine, root);
    tool.job.sync("02_images");
    tool.trick("real nothing");

    var report = tool.job.sync("04_admin").report();

    assertThat(report.outcome()).isEqualTo(Outcome.MIGRATION_FAILED);
    assertThat(report.message()).contains("has not reached", "is at 02_images", "nothing to do");
    assertThat(report.version()).isEqualTo("02_images");
  }

  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL")
  void aFailureBeforeAnythingWasDoneLeavesTheVersion(OnEngine engine) {
    tool = new ToolFixture(engine, root).trick("real refuse");

    var report = tool.job.sync().report();

    assertThat(report.outcome()).isEqualTo(Outcome.MIGRATION_FAILED);
    assertThat(report.message()).contains("exit code 3", "I will not", "is at 0");
  }

  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL")
  void aToolThatFailsAfterItsWorkIsReportedAndTheNextSyncFindsTheVersion(OnEngine engine) {
    tool = new ToolFixture(engine, root).trick("real late");

    var report = tool.job.sync().report();

    assertThat(report.outcome()).isEqualTo(Outcome.MIGRATION_FAILED);
    assertThat(report.message()).contains("exit code 1", "notification", "is at 04_admin");
    assertThat(tool.job.sync().report().message()).contains("is at 04_admin already");
  }

  @ParameterizedTest
  @EnumSource
  void aMigrationThatIsHalfDoneIsSaidToBe(OnEngine engine) {
    tool = new ToolFixture(engine, root);
    tool.job.sync("02_images");
    tool.trick("real die in 03_tags");

    var report = tool.job.sync("04_admin").report();

    assertThat(report.outcome()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(report.message()).contains("was killed", "recorded version 02_images", "tags");
    assertThat(report.version()).isEqualTo("02_images");
  }

  /** As golang-migrate's column {@code dirty}, with its remedy {@code force}. */
  @Extended
  @ParameterizedTest
  @EnumSource
  void whatTheToolItselfHasMarkedAsUnfinishedIsShownWithTheVersionOfTheSchema(OnEngine engine) {
    tool = new ToolFixture(engine, root);
    tool.job.sync("02_images");
    tool.trick("real dirty in 03_tags");

    var failed = tool.job.sync("04_admin").report();
    tool.trick("");
    tool.job.afterLost = true;
    var again = tool.job.sync("04_admin").report();
    tool.database.execute("DELETE FROM tool_history WHERE version LIKE '%dirty%'");
    var repaired = tool.job.sync("04_admin").report();

    assertThat(List.of(failed, again))
        .allSatisfy(
            report -> {
              assertThat(report.outcome()).isEqualTo(Outcome.HALF_APPLIED);
              assertThat(report.message())
                  .contains(
                      "version='03_tags (dirty)'",
                      "Its schema equals version 02_images.",
                      "The tool records a version by “sh … stamp $(VERSION)”.");
            });
    assertThat(repaired.outcome()).as(repaired.message()).isEqualTo(Outcome.SUCCEEDED);
  }

  static Stream<Arguments> deaths() {
    return Stream.of(
        Arguments.of(OnEngine.MARIADB, "die after 01_users"),
        Arguments.of(OnEngine.POSTGRESQL, "die in 03_tags"),
        Arguments.of(OnEngine.MARIADB, "die in 03_tags"),
        Arguments.of(OnEngine.POSTGRESQL, "die after 03_tags"),
        Arguments.of(OnEngine.MARIADB, "die in 04_admin"),
        Arguments.of(OnEngine.POSTGRESQL, "die after 04_admin"));
  }

  /** Each statement commits by itself, so what was done is proven after the death, not guessed. */
  @ParameterizedTest
  @MethodSource("deaths")
  void afterADeathTheNextRunGoesOnOrSaysWhatIsThere(OnEngine engine, String trick)
      throws Exception {
    tool = new ToolFixture(engine, root);
    tool.job.baseline();
    tool.dieByHand(trick);
    tool.job.afterLost = true;

    var ended = tool.job.sync();
    var report = ended.report();

    assertThat(report.outcome())
        .as(ended.log())
        .isEqualTo(
            trick.startsWith("die after")
                ? Outcome.SUCCEEDED
                // Rows are not proven: that the row is there is the tool's own finding.
                : trick.endsWith("04_admin") ? Outcome.MIGRATION_FAILED : Outcome.HALF_APPLIED);
    assertThat(tool.history()).doesNotHaveDuplicates();
  }

  /** The server goes on with what it has received, whether the client lives or not. */
  @Extended
  @ParameterizedTest
  @EnumSource
  void whatTheServerStillExecutesAfterTheToolWasKilledIsAwaited(OnEngine engine) {
    tool = new ToolFixture(engine, root);
    tool.job.sync("02_images");
    tool.trick("real abandon in 03_tags");

    var ended = tool.job.sync("04_admin");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(ended.report().message())
        .contains("was killed", "recorded version 02_images", "slow");
    assertThat(ended.log()).contains("waiting for the server to execute what was sent before");
  }

  @ParameterizedTest
  @EnumSource
  void afterADeathTheNextRunAwaitsWhatTheServerStillExecutes(OnEngine engine) throws Exception {
    tool = new ToolFixture(engine, root);
    tool.job.sync("02_images");
    tool.dieByHand("abandon in 03_tags");
    tool.job.afterLost = true;

    var ended = tool.job.sync("04_admin");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.HALF_APPLIED);
    assertThat(ended.report().message()).contains("recorded version 02_images", "slow");
  }

  @Extended
  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL")
  void aToolThatHangsIsEndedAtTheLimitOfTheRun(OnEngine engine) {
    tool = new ToolFixture(engine, root).trick("real hang");
    tool.job.stop = new Shutdown();
    tool.job.limits = new RunLimits(20, 5, null);

    var report = tool.job.sync().report();

    // On a slow machine the limit is reached before the tool works on the real database.
    assertThat(report.outcome()).isIn(Outcome.MIGRATION_FAILED, Outcome.RUN_TIME_LIMIT);
    assertThat(report.message()).containsPattern("exceeded spec\\.job\\.limits\\.run \\(20 s\\)");
    assertThat(tool.database.query("SELECT 1")).containsExactly("1");
  }

  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL")
  void aLotOfOutputIsBoundedInTheLog(OnEngine engine) {
    tool = new ToolFixture(engine, root).trick("noise");

    var ended = tool.job.sync();

    assertThat(ended.report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.log().lines().count()).isLessThan(10_000);
    assertThat(ended.log()).contains("line 0 of", "lines more", "applying 04_admin");
  }

  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL")
  void thePasswordIsNowhere(OnEngine engine) {
    tool =
        new ToolFixture(engine, root)
            .env("SECRET", "$(PASSWORD)")
            .env("SECRET_URI", "$(PASSWORD_URI)")
            .trick("password");

    var ended = tool.job.sync();

    assertThat(ended.report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.log())
        .contains("connecting with ***", "or ***")
        .doesNotContain(tool.database.password())
        .doesNotContain(Variables.encoded(tool.database.password()));
  }
}
