package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.Glance;
import java.time.Instant;
import java.util.ArrayList;

/**
 * A Deployment that waits for the story's SchemaVersion.
 *
 * @param glance the story
 * @param deployment its name
 * @param pods the labels of its pods
 */
public record GatedProgram(Glance glance, String deployment, String pods) {

  /** Waits until its roll-out is complete. */
  public void awaitRollOut() {
    glance.kubectl("rollout", "status", "deployment/" + deployment, "--timeout=240s");
  }

  /** Asserts that its pods run, and started after the last sync. */
  public void assertStartedAfterSync() {
    assertStartedAfter(Stories.syncEnded(glance));
  }

  /** Asserts that its pods run, and started after a moment. */
  public void assertStartedAfter(Instant earliest) {
    var starts = new ArrayList<Instant>();
    for (var pod : glance.list("pods", pods)) {
      starts.add(
          Instant.parse(pod.at("/status/containerStatuses/0/state/running/startedAt").asText()));
    }
    assertThat(earliest).isNotEqualTo(Instant.MIN);
    assertThat(starts)
        .isNotEmpty()
        .allSatisfy(start -> assertThat(start).isAfterOrEqualTo(earliest));
  }

  /** Asserts that it is paused and has no pods. */
  public void assertHeld() {
    assertThat(glance.get("deployment", deployment).at("/spec/paused").asBoolean()).isTrue();
    assertThat(glance.list("pods", pods)).isEmpty();
    assertThat(glance.get("sv", "glance").at("/status/held").asInt()).isEqualTo(1);
  }
}
