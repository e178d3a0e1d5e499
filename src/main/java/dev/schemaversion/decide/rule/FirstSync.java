package dev.schemaversion.decide.rule;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.decide.ReconcileContext;
import dev.schemaversion.decide.rule.RuleResult.Announcement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The first Job of a resource: it determines the starting version, and migrates the database at
 * once if it is empty. It counts as a sync from before it is created, so everything that must hold
 * before a sync holds. Where that would have to wait, and where the spec claims a starting version
 * or requires an approval, a baseline comes first.
 */
final class FirstSync {
  private FirstSync() {}

  /** Returns what to do first, or empty if a baseline comes first. */
  static Optional<RuleResult> start(ReconcileContext context) {
    if (!nothingIsKnown(context)
        || context.spec().requiresApproval()
        || context.spec().baselineVersion() != null
        || declaresMaximum(context)) {
      return Optional.empty();
    }
    var first = NextJob.first(context);
    return ContractGuard.before(context, first)
        .filter(result -> result.announcement() == Announcement.LIST_PODS)
        .or(() -> Optional.of(first));
  }

  private static boolean nothingIsKnown(ReconcileContext context) {
    var recorded = context.recordedState();
    return context.cluster().jobs().stream().allMatch(recorded::has)
        && recorded.history().stream().allMatch(FirstSync::neverConnected)
        && recorded.baseline() == null
        && recorded.synced() == null
        && recorded.proof() == null
        && recorded.interruptedSync() == null;
  }

  /** Also applies where the database is created after the resource. */
  private static boolean neverConnected(Operation operation) {
    return operation.reason().equals(Outcome.DATABASE_UNREACHABLE.reason());
  }

  /** A baseline need not wait until the announcement has reached all caches. */
  private static boolean declaresMaximum(ReconcileContext context) {
    return ContractGuard.declaresMaximum(context, context.cluster().workloads())
        || ContractGuard.declaresMaximum(
            context, Objects.requireNonNullElse(context.cluster().livePods(), List.of()));
  }
}
