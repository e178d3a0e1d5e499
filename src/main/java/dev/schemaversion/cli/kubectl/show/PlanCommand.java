package dev.schemaversion.cli.kubectl.show;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.PlanStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.cli.kubectl.cluster.Failure;
import dev.schemaversion.cli.kubectl.cluster.NamedResource;
import dev.schemaversion.cli.kubectl.cluster.OutputOption;
import dev.schemaversion.cli.kubectl.view.PlanText;
import dev.schemaversion.cli.kubectl.view.StatusView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plan}: what the next sync does. */
@Command(name = "plan", description = "Shows the plan that waits for approval.")
public final class PlanCommand implements Runnable {
  @Mixin private NamedResource target;

  @Mixin private OutputOption output;

  @Override
  public void run() {
    try (var cluster = target.connect()) {
      var plan = planOf(target.in(cluster));
      output.print(target.terminal(), plan, () -> PlanText.lines(plan, target.terminal().now()));
    }
  }

  /**
   * Returns the plan of a resource.
   *
   * @throws Failure if it has none; the message says why
   */
  public static PlanStatus planOf(SchemaVersion resource) {
    var status = StatusView.statusOf(resource);
    var name = resource.getMetadata().getName();
    if (status.plan() != null && status.plan().digest() != null) {
      return status.plan();
    }
    if (resource.getSpec() != null && !resource.getSpec().requiresApproval()) {
      throw new Failure(
          "%s has no plan, because spec.approval is Automatic: pending migrations run without one. Set spec.approval to Manual to get plans."
              .formatted(name));
    }
    throw new Failure(
        StatusView.condition(status, ConditionType.Ready)
            .map(
                ready ->
                    "%s has no plan at the moment. %s: %s"
                        .formatted(name, ready.getReason(), ready.getMessage()))
            .orElse("%s has no plan, because the operator has not seen it yet.".formatted(name)));
  }
}
