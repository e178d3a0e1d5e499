package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.ConditionType;
import java.util.List;

/** Formats actions and conditions as short texts for the tables of the tests. */
public final class DecisionText {
  private DecisionText() {}

  public static List<String> of(List<Action> actions) {
    return actions.stream().map(DecisionText::of).toList();
  }

  public static String of(Action action) {
    return switch (action) {
      case Action.AddFinalizer() -> "add finalizer";
      case Action.RemoveFinalizer() -> "remove finalizer";
      case Action.CreateJob(var step, var attempt, var known) ->
          "create %s %d%s"
              .formatted(
                  step.label(), attempt, known.database() == null ? "" : " on " + known.database());
      case Action.AdoptJob(var job, var uid) -> "adopt " + shortened(job);
      case Action.DeleteEndedJob(var job, var uid) -> "delete " + shortened(job);
      case Action.ReplacePendingJob(var job, var uid) -> "delete pending " + shortened(job);
      case Action.EmitEvent(var warning, var reason, var note) ->
          (warning ? "warning " : "event ") + reason;
    };
  }

  public static String ready(SimulatedCluster cluster) {
    return condition(cluster, ConditionType.Ready);
  }

  public static String proven(SimulatedCluster cluster) {
    return condition(cluster, ConditionType.Proven);
  }

  /** Returns status and reason of a condition, such as {@code True AtVersion}. */
  public static String condition(SimulatedCluster cluster, ConditionType type) {
    var condition = cluster.condition(type);
    return condition.getStatus() + " " + condition.getReason();
  }

  /** Shortens {@code glance-sync-0a1b2c3d-2} to {@code sync 2}. */
  private static String shortened(String job) {
    var parts = job.split("-", -1);
    return parts[parts.length - 3] + " " + parts[parts.length - 1];
  }
}
