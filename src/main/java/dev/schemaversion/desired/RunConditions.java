package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.DatabaseSpec;
import dev.schemaversion.api.v1alpha1.JobSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.contract.request.RequestedRehearsal;
import dev.schemaversion.contract.request.RunLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What affects how far a run gets and not its result, so that a change of it makes no sync due.
 *
 * @param limits null if the spec has none
 * @param parameters of the connection; null if there are none
 * @param rehearsal how to rehearse; null for the default
 */
record RunConditions(
    RunLimits limits, Map<String, String> parameters, RequestedRehearsal rehearsal) {
  /** None of them, for a digest of the rest. */
  static final RunConditions NONE = new RunConditions(null, null, null);

  /** Returns those of a spec. */
  static RunConditions of(SchemaVersionSpec spec) {
    return new RunConditions(limits(spec.job()), parameters(spec.database()), rehearsal(spec));
  }

  private static Map<String, String> parameters(DatabaseSpec database) {
    var given = database.parameters();
    return given == null || given.isEmpty() ? null : new TreeMap<>(given);
  }

  private static RunLimits limits(JobSpec job) {
    if (job == null || job.limits() == null) {
      return null;
    }
    var limits = job.limits();
    return new RunLimits(
        limits.longestRun().map(RunConditions::seconds).orElse(null),
        seconds(limits.longestLockWait()),
        limits.longestStatement().map(RunConditions::seconds).orElse(null),
        limits.largestRewrite().orElse(null));
  }

  private static RequestedRehearsal rehearsal(SchemaVersionSpec spec) {
    var given = spec.proofOrDefault().rehearsalOrDefault();
    return switch (given.modeOrDefault()) {
      case Schema -> null;
      case Rows ->
          new RequestedRehearsal(
              RequestedRehearsal.Mode.ROWS, given.tablesOrDefault(), given.maxBytes());
      case Off -> new RequestedRehearsal(RequestedRehearsal.Mode.OFF, List.of(), 0);
    };
  }

  private static int seconds(Duration duration) {
    return Math.toIntExact(duration.toSeconds());
  }
}
