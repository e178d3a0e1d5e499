package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.PlanStatus;
import dev.schemaversion.contract.Report;
import java.util.List;
import java.util.stream.Collectors;

/** Records plans, and asks for their approval. */
public final class PlanRecorder {
  private static final int LOCKS_NAMED = 3;

  private PlanRecorder() {}

  /** Returns the record of a plan. */
  static PlanStatus recorded(Report report, String inputs, String at) {
    var plan = report.plan();
    var locks = report.locks();
    return new PlanStatus(
        plan.digest(),
        inputs,
        plan.from(),
        plan.to(),
        nullIfEmpty(plan.migrations()),
        plan.count(),
        plan.statements(),
        plan.appear(),
        plan.change(),
        plan.go(),
        nullIfEmpty(plan.objects()),
        nullIfEmpty(plan.destructive()),
        locks == null ? null : nullIfEmpty(locks.warnings()),
        locks == null ? null : nullIfEmpty(locks.notes()),
        nullIfEmpty(plan.adopted()),
        nullIfEmpty(report.rowWarnings()),
        at);
  }

  /** Returns whether a plan has no migrations, so that it needs no approval. */
  public static boolean changesNothing(PlanStatus plan) {
    return plan.count() == null || plan.count() == 0;
  }

  /** Returns the message that describes a plan and asks for its approval. */
  public static String approvalRequest(PlanStatus plan, String namespace, String name) {
    boolean destructive = plan.destructive() != null;
    return "the sync from %s to %s runs %d migrations with %d statements: it creates %d objects, changes %d and removes %d%s%s. To approve exactly this plan: kubectl annotate sv %s -n %s --overwrite %s=%s%s%s%s"
        .formatted(
            plan.from() == null ? "an empty database" : plan.from(),
            plan.to(),
            plan.count(),
            plan.statements(),
            plan.appear(),
            plan.change(),
            plan.go(),
            plan.adopted() == null
                ? ""
                : "; it adopts objects that were created by hand and that the migrations create too: "
                    + String.join(", ", plan.adopted()),
            destructive ? "; the plan is DESTRUCTIVE" : "; no statement drops or empties anything",
            name,
            namespace,
            Names.APPROVE,
            plan.digest(),
            destructive ? ". Destructive statements: " + String.join("; ", plan.destructive()) : "",
            plan.locks() == null
                ? ""
                : ". Programs may wait: "
                    + plan.locks().stream().limit(LOCKS_NAMED).collect(Collectors.joining("; ")),
            plan.rowWarnings() == null
                ? ""
                : ". Rows that may make it fail: " + String.join("; ", plan.rowWarnings()));
  }

  private static List<String> nullIfEmpty(List<String> list) {
    return list == null || list.isEmpty() ? null : list;
  }
}
