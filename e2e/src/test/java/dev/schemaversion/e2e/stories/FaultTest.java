package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Extended;
import dev.schemaversion.e2e.Glance;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;

/** A migration survives faults that occur while it runs. */
@Extended
@WithOperator
class FaultTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  /** Counts its runs, and runs until the test lets it end. */
  private static final String SLOW =
      """
      INSERT INTO test_runs VALUES (now());
      DO $$ BEGIN
        WHILE NOT EXISTS (SELECT 1 FROM test_go) LOOP PERFORM pg_sleep(0.1); END LOOP;
      END $$;
      """;

  @BeforeEach
  void aSlowMigrationRuns(Glance glance) {
    // On a clone the script would wait for ever.
    glance
        .environment("environment")
        .apply("app", Stories.with("proof: {mode: OnBaseline, ignore: [\"* public.test_*\"]}"));
    glance.await("Ready");
    glance.psql("CREATE TABLE test_go (at timestamp); CREATE TABLE test_runs (at timestamp)");
    Stories.addMigration(glance, "V014__slow.sql", SLOW);
    Stories.want(glance, "14");
    await().atMost(LONG).until(() -> statementRuns(glance));
  }

  @Story
  void theStatusShowsTheRunningScriptAndDeletingTheResourceInTheForegroundWaitsForTheJob(
      Glance glance) {
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              var progress = glance.get("sv", "glance").at("/status/progress");
              assertThat(progress.at("/activity").asText()).isEqualTo("running V014__slow.sql");
              assertThat(progress.at("/script").asInt()).isEqualTo(1);
              assertThat(progress.at("/scripts").asInt()).isEqualTo(1);
              assertThat(Instant.parse(progress.at("/since").asText())).isNotNull();
            });
    assertThat(glance.kubectl("get", "sv", "glance", "-o", "wide"))
        .contains("ACTIVITY", "running V014__slow.sql");

    glance.kubectl("delete", "sv", "glance", "--cascade=foreground", "--wait=false");
    await()
        .atMost(LONG)
        .until(() -> glance.condition("Ready").at("/reason").asText().equals("DeletionWaits"));
    assertThat(runningPods(glance)).isEqualTo(1);
    letItEnd(glance);

    glance.kubectl("wait", "sv/glance", "--for=delete", "--timeout=120s");
    assertThat(glance.psql("SELECT count(*) FROM test_runs")).isEqualTo("1");
    assertThat(glance.psql("SELECT success FROM flyway_schema_history WHERE version = '014'"))
        .isEqualTo("t");
    // They carry their owner now, so they go with it.
    await().atMost(LONG).until(() -> Stories.jobs(glance).isEmpty());
  }

  private static boolean statementRuns(Glance glance) {
    return !glance
        .psql(
            "SELECT 1 FROM pg_stat_activity WHERE application_name LIKE 'glance-sync-%'"
                + " AND query LIKE '%test_go%'")
        .isEmpty();
  }

  private static void letItEnd(Glance glance) {
    glance.psql("INSERT INTO test_go VALUES (now())");
  }

  private static long runningPods(Glance glance) {
    return glance
        .kubectl(
            "get",
            "pods",
            "-l",
            Stories.OUR_JOBS,
            "--field-selector=status.phase=Running",
            "-o",
            "name")
        .lines()
        .count();
  }
}
