package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Extended;
import dev.schemaversion.e2e.Glance;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** A failure of the scratch server is no statement about the database. */
@Extended
@WithOperator
class ScratchServerTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @Story
  void anImageThatCannotBePulledIsReportedAndTheRightOneIsUsed(Glance glance) {
    glance.environment("environment-diablo");
    var before = glance.dump();

    glance.apply("app", Stories.with("proof: {scratch: {image: \"localhost/absent:dev\"}}"));

    await()
        .atMost(LONG)
        .until(() -> glance.condition("Ready").at("/message").asText().contains("absent"));
    assertThat(glance.condition("Ready").get("reason").asText()).isEqualTo("JobPending");
    assertThat(glance.dump()).isEqualTo(before);

    Stories.change(glance, "\"proof\": null");
    glance.await("Ready");
    assertThat(glance.get("sv", "glance").at("/status/version").asText()).isEqualTo("13");
  }

  @Story
  void aScratchServerThatEndsDuringARehearsalDoesNotFailTheMigration(Glance glance) {
    glance.environment("environment").apply("app");
    glance.await("Ready");
    Stories.addMigration(
        glance, "V014__slow.sql", "CREATE TABLE slow (at timestamp);\nSELECT pg_sleep(5);\n");
    Stories.want(glance, "14");
    var pod =
        await()
            .atMost(LONG)
            .ignoreExceptions() // of a pod that goes while its log is asked for
            .until(() -> rehearsing(glance), Optional::isPresent)
            .orElseThrow();

    glance.kubectl(
        "exec",
        pod,
        "-c",
        "scratch",
        "--",
        "sh",
        "-c",
        "kill -QUIT $(head -n 1 /scratch/data/postmaster.pid)");

    await().atMost(LONG).until(() -> Stories.outcomes(glance).contains("ScratchUnavailable"));
    glance.awaitVersion("14");
    glance.await("Ready");
    assertThat(
            glance.psql(
                "SELECT count(*), bool_and(success) FROM flyway_schema_history"
                    + " WHERE version = '014'"))
        .isEqualTo("1|t");
  }

  /** The one whose runner is in the migration: an older one may still be about to end. */
  private static Optional<String> rehearsing(Glance glance) {
    return StreamSupport.stream(
            glance.list("pods", "schemaversion.dev/step=sync").spliterator(), false)
        .filter(pod -> pod.at("/status/containerStatuses/0/state").has("running"))
        .map(pod -> pod.at("/metadata/name").asText())
        .filter(
            pod -> glance.kubectl("logs", pod, "-c", "runner").contains("V014__slow.sql: running"))
        .findFirst();
  }
}
