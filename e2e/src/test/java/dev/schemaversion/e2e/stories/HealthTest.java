package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.clients.Health;
import java.time.Duration;

/** Argo CD and kstatus, by their own code, report the expected health. */
@WithOperator
class HealthTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Story
  void aHeldRollOutIsSuspendedAndInProgressAndAReleasedOneHealthyAndCurrent(Glance glance) {
    glance.environment("environment");
    glance.kubectl("scale", "deployment/postgres", "--replicas=0");
    glance.kubectl(
        "wait", "pod", "-l", "app.kubernetes.io/name=postgres", "--for=delete", "--timeout=60s");

    glance.apply("app");
    glance.awaitReason("Reconciling", "DatabaseUnreachable");
    assertThat(registry(glance)).isEqualTo(new Health("Suspended", "InProgress"));
    // Argo CD knows no health of custom resources, unless its configuration says one.
    assertThat(resource(glance)).isEqualTo(new Health("None", "InProgress"));
    assertThat(resourceWithTheScript(glance)).isEqualTo(new Health("Progressing", "InProgress"));

    glance.kubectl("scale", "deployment/postgres", "--replicas=1");
    glance.await("Ready");
    glance.awaitRegistry();
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> assertThat(registry(glance)).isEqualTo(new Health("Healthy", "Current")));
    assertThat(resource(glance)).isEqualTo(new Health("None", "Current"));
    assertThat(resourceWithTheScript(glance)).isEqualTo(new Health("Healthy", "Current"));

    glance.apply("migrations-broken");
    glance.await("Stalled");
    assertThat(resource(glance)).isEqualTo(new Health("None", "Failed"));
    assertThat(resourceWithTheScript(glance)).isEqualTo(new Health("Degraded", "Failed"));
    assertThat(registry(glance)).isEqualTo(new Health("Healthy", "Current"));
  }

  private static Health registry(Glance glance) {
    return Health.of(glance.get("deployment", "glance-registry"));
  }

  private static Health resource(Glance glance) {
    return Health.of(glance.get("sv", "glance"));
  }

  private static Health resourceWithTheScript(Glance glance) {
    return Health.withTheScript(glance.get("sv", "glance"));
  }
}
