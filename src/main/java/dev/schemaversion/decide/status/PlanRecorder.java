package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.PlanStatus;
import dev.schemaversion.contract.Plan;
import java.util.List;

/** Plans as they are recorded, and as a person is asked about them. */
public final class PlanRecorder {
  private PlanRecorder() {}

  /** The record of a plan. */
  static PlanStatus recorded(Plan plan, String inputs, String at) {
    return new PlanStatus(
        plan.digest(),
        inputs,
        plan.from(),
        plan.to(),
        filled(plan.migrations()),
        plan.count(),
        plan.statements(),
        plan.appear(),
        plan.change(),
        plan.go(),
        filled(plan.objects()),
        filled(plan.destructive()),
        at);
  }

  /** Whether it changes nothing, so that nobody has to approve it. */
  public static boolean idle(PlanStatus plan) {
    return plan.count() == null || plan.count() == 0;
  }

  /** What would happen, and how to let it happen. */
  public static String question(PlanStatus plan, String namespace, String name) {
    boolean destructive = plan.destructive() != null;
    return "%s to %s takes %d migrations with %d statements: %d objects appear, %d change, %d go%s. Approve exactly this with: kubectl annotate sv %s -n %s --overwrite %s=%s%s"
        .formatted(
            plan.from() == null ? "From an empty database" : "From " + plan.from(),
            plan.to(),
            plan.count(),
            plan.statements(),
            plan.appear(),
            plan.change(),
            plan.go(),
            destructive ? "; it is DESTRUCTIVE" : ", nothing is dropped or emptied",
            name,
            namespace,
            Names.APPROVE,
            plan.digest(),
            destructive ? ". What drops or empties: " + String.join("; ", plan.destructive()) : "");
  }

  private static List<String> filled(List<String> list) {
    return list == null || list.isEmpty() ? null : list;
  }
}
