package dev.schemaversion.decide.rule;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.decide.ReconcileContext;
import java.util.Optional;

/**
 * Finds a version that is missing from {@code spec.migrations.command.versions} where these are
 * names: it has no place in their order, so no Job could reach it or start from it.
 */
final class UnlistedVersion {
  private UnlistedVersion() {}

  /** Returns the result for a resource that lacks a version; empty if there is none. */
  static Optional<RuleResult> problem(ReconcileContext context) {
    var versions = context.versions();
    if (!versions.byName()) {
      return Optional.empty();
    }
    var spec = context.spec();
    if (!spec.migrations().command().versions().contains(spec.version())) {
      return Optional.of(
          missing(context, "spec.version is " + spec.version(), "Add it, or correct spec.version"));
    }
    var state = context.recordedState();
    var claimed = spec.baselineVersion();
    // The claim is void once the baseline is known.
    if (state.baseline() == null && claimed != null && !versions.knows(claimed)) {
      return Optional.of(
          missing(
              context,
              "spec.baseline.version is " + claimed,
              "Add it, or correct spec.baseline.version"));
    }
    return state.version() == null || versions.knows(state.version())
        ? Optional.empty()
        : Optional.of(
            missing(
                context,
                "the database is at " + state.version(),
                "Add it at its place. Until then the gate holds all workloads that require the database"));
  }

  private static RuleResult missing(ReconcileContext context, String what, String remedy) {
    return RuleResult.stalled(
        Outcome.VERSION_MISSING.reason(),
        "%s, which is not among spec.migrations.command.versions up to %s. %s"
            .formatted(what, context.versions().names().getLast(), remedy));
  }
}
