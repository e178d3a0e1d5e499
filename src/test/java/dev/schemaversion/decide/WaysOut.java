package dev.schemaversion.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.testing.WayOut;

/** Each decision that waits for a person says what to change. */
final class WaysOut {
  private WaysOut() {}

  /**
   * Fails if a resource is stalled and its message names no field, annotation or command. Messages
   * that tests put into the reports of Jobs are not the operator's.
   */
  static Decision assertNamed(Decision decision) {
    var status = decision.status();
    if (status == null || status.conditions() == null) {
      return decision;
    }
    for (var condition : status.conditions()) {
      boolean stalled =
          condition.getType().equals(ConditionType.Stalled.name())
              && condition.getStatus().equals("True");
      boolean reported =
          status.history() != null
              && status.history().stream()
                  .anyMatch(job -> condition.getMessage().startsWith(job.message()));
      if (stalled && !reported) {
        assertThat(WayOut.isNamed(condition.getMessage()))
            .as("names a field, an annotation or a command: %s", condition.getMessage())
            .isTrue();
      }
    }
    return decision;
  }
}
