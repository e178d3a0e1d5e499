package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.Installation;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;

/** The gate works with policies and operator together; {@code gate/} tests the policies alone. */
@WithOperator
class GateTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @BeforeEach
  void thereIsADatabase(Glance glance) {
    glance.environment("environment");
  }

  @Story
  void aDeploymentAppliedFirstIsHeldWithAnEventUntilItsSchemaVersionSatisfiesIt(Glance glance) {
    apply(glance, Programs.deployment("early", "glance", "13"));
    assertThat(paused(glance, "early")).isTrue();
    await().atMost(LONG).until(() -> hasEvent(glance, "early", "SchemaVersionNotFound"));

    glance.apply("app");

    glance.await("Ready");
    await().atMost(LONG).until(() -> !paused(glance, "early"));
    assertThat(mark(glance, "early")).isEmpty();
    assertThat(hasEvent(glance, "early", "RolloutReleased")).isTrue();
  }

  @Story
  void aDeploymentWithoutAValidMinVersionIsHeldWithAnEvent(Glance glance) {
    glance.apply("app");
    glance.await("Ready");

    apply(glance, Programs.deployment("silent", "glance", null));
    apply(glance, Programs.deployment("garbled", "glance", "v13"));

    await().atMost(LONG).until(() -> hasEvent(glance, "silent", "MinVersionInvalid"));
    await().atMost(LONG).until(() -> hasEvent(glance, "garbled", "MinVersionInvalid"));
    assertThat(Programs.events(glance, "silent")).contains("schemaversion.dev/min-version");
    assertThat(Programs.events(glance, "garbled"))
        .contains("requires version v13 of SchemaVersion \"glance\", whose versions are numbers");
    assertThat(paused(glance, "silent")).isTrue();
    assertThat(paused(glance, "garbled")).isTrue();
    await().atMost(LONG).until(() -> glance.get("sv", "glance").at("/status/held").asInt() == 2);
    assertThat(glance.condition("Released").at("/message").asText()).contains("garbled", "silent");
  }

  @Story
  void aDeploymentPausedByAUserStaysPaused(Glance glance) {
    apply(
        glance,
        Programs.deployment("mine", "glance", "13")
            .replace("replicas: 0", "replicas: 0\n  paused: true"));
    apply(glance, Programs.deployment("held", "glance", "13"));

    glance.apply("app");
    glance.await("Ready");

    await().atMost(LONG).until(() -> !paused(glance, "held"));
    assertThat(paused(glance, "mine")).isTrue();
  }

  @OperatorStory
  void aSatisfiedDeploymentRollsOutWithTheOperatorScaledToZero(
      Glance glance, Installation installation) {
    glance.apply("app");
    glance.await("Ready");
    glance.awaitRegistry();

    installation.scale(0);
    glance.kubectl("rollout", "restart", "deployment/glance-registry");
    glance.awaitRegistry();
    apply(glance, Programs.deployment("too-new", "glance", "14"));

    assertThat(paused(glance, "glance-registry")).isFalse();
    assertThat(paused(glance, "too-new")).isTrue();
  }

  private static void apply(Glance glance, String manifest) {
    glance.kubectlWithInput(manifest, "apply", "-f", "-");
  }

  private static boolean paused(Glance glance, String deployment) {
    return glance.get("deployment", deployment).at("/spec/paused").asBoolean();
  }

  private static String mark(Glance glance, String deployment) {
    return glance
        .get("deployment", deployment)
        .at("/metadata/annotations/schemaversion.dev~1held")
        .asText();
  }

  private static boolean hasEvent(Glance glance, String deployment, String reason) {
    return Programs.events(glance, deployment).contains(reason);
  }
}
