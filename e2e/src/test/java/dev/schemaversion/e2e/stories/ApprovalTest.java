package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemaversion.e2e.Glance;
import java.time.Duration;

/** With manual approval, a sync waits until its plan is approved. */
@WithOperator
class ApprovalTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @Story
  void aPlanWaitsForItsDigestAndAnApprovalIsGoodForThatPlanOnly(Glance glance) {
    glance.environment("environment-diablo");
    glance.apply("app", Stories.with("approval: Manual"));
    glance.awaitReason("Ready", "ApprovalPending");
    var before = glance.dump();

    var plan = plan(glance);
    assertThat(plan.get("from").asText()).isEqualTo("9");
    assertThat(plan.get("to").asText()).isEqualTo("13");
    assertThat(plan.get("count").asInt()).isEqualTo(4);
    assertThat(plan.get("appear").asInt()).isEqualTo(1);
    assertThat(plan.get("change").asInt()).isEqualTo(5);
    assertThat(plan.get("go").asInt()).isZero();
    assertThat(plan.get("objects").toString()).contains("public.images.protected");
    assertThat(glance.get("deployment", "glance-registry").at("/spec/paused").asBoolean()).isTrue();
    assertThat(glance.dump()).isEqualTo(before);

    Stories.annotate(glance, "approve", plan.get("digest").asText());
    glance.await("Ready");
    assertThat(glance.get("sv", "glance").at("/status/version").asText()).isEqualTo("13");

    glance.apply("migrations-fixed", Stories.with("approval: Manual"));
    await().atMost(LONG).until(() -> plan(glance).at("/to").asText().equals("14"));
    glance.awaitReason("Ready", "ApprovalPending");
    assertThat(plan(glance).get("digest")).isNotEqualTo(plan.get("digest"));
    assertThat(glance.get("sv", "glance").at("/status/version").asText()).isEqualTo("13");

    Stories.annotate(glance, "approve", plan(glance).get("digest").asText());
    glance.awaitVersion("14");
    glance.await("Ready");
  }

  private static JsonNode plan(Glance glance) {
    return glance.get("sv", "glance").at("/status/plan");
  }
}
