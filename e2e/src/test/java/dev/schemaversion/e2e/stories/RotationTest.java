package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Extended;
import dev.schemaversion.e2e.Glance;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;

/** The password is changed in the database and in the Secret. */
@Extended
@WithOperator
class RotationTest {
  private static final Duration LONG = Duration.ofMinutes(4);

  /** Counts its runs, and runs as long as the test wants; built from nothing it does not wait. */
  private static final String SLOW =
      """
      CREATE TABLE runs (at timestamp);
      INSERT INTO runs VALUES (now());
      DO $$ BEGIN
        WHILE EXISTS (SELECT 1 FROM pg_class WHERE relname = 'test_wait') LOOP PERFORM pg_sleep(0.1); END LOOP;
      END $$;
      """;

  @Story
  void aRotationWhileIdleIsUsedByTheNextJob(Glance glance, KubernetesClient client) {
    glance.environment("environment").apply("app");
    glance.await("Ready");
    var jobs = Stories.jobs(glance);
    int ended = Stories.outcomes(glance).size();
    var resource =
        client
            .genericKubernetesResources("schemaversion.dev/v1alpha1", "SchemaVersion")
            .inNamespace(glance.namespace())
            .withName("glance");
    try (var watched = new Watched<GenericKubernetesResource>(resource)) {
      rotate(glance);
      assertThat(jobs).containsAll(Stories.jobs(glance));

      Stories.annotate(glance, "verify", "after-rotation");
      await().atMost(LONG).until(() -> Stories.outcomes(glance).size() > ended);

      assertThat(Stories.outcomes(glance).getLast()).isEqualTo("Succeeded");
      assertThat(watched.states()).isNotEmpty().allMatch(RotationTest::isReady);
    }
  }

  @Story
  void aRotationDuringAMigrationDoesNotInterruptIt(Glance glance) {
    glance
        .environment("environment")
        .apply("app", Stories.with("proof: {mode: OnBaseline, ignore: [\"* public.test_*\"]}"));
    glance.await("Ready");
    glance.psql("CREATE TABLE test_wait (at timestamp)");
    Stories.addMigration(glance, "V014__slow.sql", SLOW);
    Stories.want(glance, "14");
    await()
        .atMost(LONG)
        .until(
            () ->
                !glance
                    .psql(
                        "SELECT 1 FROM pg_stat_activity WHERE application_name LIKE"
                            + " 'glance-sync-%' AND query LIKE '%test_wait%'")
                    .isEmpty());

    rotate(glance);
    glance.psql("DROP TABLE test_wait");

    glance.awaitVersion("14");
    glance.await("Ready");
    assertThat(glance.psql("SELECT count(*) FROM runs")).isEqualTo("1");
  }

  private static void rotate(Glance glance) {
    // Begins as the first one does, so that it is searched for as well.
    var another = "another " + Glance.PASSWORD_MARK;
    glance.psql("ALTER ROLE glance PASSWORD '" + another + "'");
    glance.kubectl(
        "patch",
        "secret",
        "glance-db",
        "--type=merge",
        "-p",
        "{\"stringData\": {\"password\": \"" + another + "\"}}");
  }

  private static boolean isReady(GenericKubernetesResource resource) {
    var conditions =
        resource.<java.util.List<java.util.Map<String, String>>>get("status", "conditions");
    return conditions.stream()
        .anyMatch(c -> c.get("type").equals("Ready") && c.get("status").equals("True"));
  }
}
