package dev.schemaversion.cli.kubectl.change;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.cli.kubectl.view.StatusView;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Optional;
import java.util.Set;

/**
 * How that ended for which a command waits.
 *
 * @param succeeded whether it is what the user wanted
 * @param message what to tell the user
 */
record End(boolean succeeded, String message) {
  private static final Set<String> NOT_PROVEN_YET =
      Set.of(Reason.ProofPending.name(), Reason.ProofRunning.name());

  /**
   * Returns the end of what follows a retry or an approval; empty while it lasts.
   *
   * @param known the Jobs before; the status says nothing new until another one has ended
   */
  static Optional<End> ofAttempt(SchemaVersion resource, Set<String> known) {
    var status = StatusView.statusOf(resource);
    boolean another =
        StatusView.history(status).stream().anyMatch(ended -> !known.contains(ended.job()));
    if (!another) {
      return Optional.empty();
    }
    var ready = StatusView.condition(status, ConditionType.Ready);
    if (ready.filter(End::isTrue).isPresent()) {
      return ready.map(condition -> new End(true, "Ready: " + condition.getMessage()));
    }
    return StatusView.condition(status, ConditionType.Stalled)
        .filter(End::isTrue)
        .or(() -> ready.filter(c -> Reason.ApprovalPending.name().equals(c.getReason())))
        .map(condition -> new End(false, text(condition)));
  }

  /**
   * Returns the end of a verification; empty while it lasts.
   *
   * @param asked the value of the annotation that asked for it
   */
  static Optional<End> ofVerification(SchemaVersion resource, String asked) {
    var status = StatusView.statusOf(resource);
    if (status.proof() == null || !asked.equals(status.proof().asked())) {
      return Optional.empty();
    }
    return StatusView.condition(status, ConditionType.Proven)
        .filter(condition -> !NOT_PROVEN_YET.contains(condition.getReason()))
        .map(
            condition ->
                isTrue(condition)
                    ? new End(true, "The schema is the proven one.")
                    : new End(false, text(condition)));
  }

  private static boolean isTrue(Condition condition) {
    return "True".equals(condition.getStatus());
  }

  private static String text(Condition condition) {
    return condition.getReason() + ": " + condition.getMessage();
  }
}
