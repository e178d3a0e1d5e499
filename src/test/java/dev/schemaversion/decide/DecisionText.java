package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.ConditionType;
import java.util.List;

/** Actions and conditions in few words, as the tables write them. */
public final class DecisionText {
  private DecisionText() {}

  public static List<String> of(List<Action> actions) {
    return actions.stream().map(DecisionText::of).toList();
  }

  public static String of(Action action) {
    return switch (action) {
      case Action.AddFinalizer() -> "keep";
      case Action.RemoveFinalizer() -> "let go";
      case Action.CreateJob(var step, var attempt, var given) ->
          "create %s %d%s"
              .formatted(
                  step.label(), attempt, given.database() == null ? "" : " on " + given.database());
      case Action.AdoptJob(var job, var uid) -> "adopt " + shortened(job);
      case Action.DeleteEndedJob(var job, var uid) -> "delete " + shortened(job);
      case Action.ReplacePendingJob(var job, var uid) -> "take back " + shortened(job);
      case Action.Tell(var warning, var reason, var note) -> (warning ? "warn " : "tell ") + reason;
    };
  }

  public static String ready(SimulatedCluster cluster) {
    return said(cluster, ConditionType.Ready);
  }

  public static String proven(SimulatedCluster cluster) {
    return said(cluster, ConditionType.Proven);
  }

  /** Status and reason, {@code True AtVersion}. */
  public static String said(SimulatedCluster cluster, ConditionType type) {
    var condition = cluster.condition(type);
    return condition.getStatus() + " " + condition.getReason();
  }

  /** {@code glance-sync-0a1b2c3d-2} as {@code sync 2}. */
  private static String shortened(String job) {
    var parts = job.split("-", -1);
    return parts[parts.length - 3] + " " + parts[parts.length - 1];
  }
}
