package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ReconcileContext;
import dev.schemaversion.decide.rule.RuleResult;
import dev.schemaversion.decide.rule.RuleResult.Announcement;
import dev.schemaversion.decide.rule.SharedDatabases;
import java.time.Instant;

/**
 * The version to which a sync is about to take the database. The gate reads it in the status, from
 * before the Job is created until its result is recorded or, if the result is unknown, until a
 * proof determines the version.
 *
 * @param version the version, or null
 * @param since when it was set, or null
 */
public record TargetVersion(String version, String since) {
  private static final TargetVersion NONE = new TargetVersion(null, null);

  /** Returns the target after applying the rules. */
  public static TargetVersion of(
      ReconcileContext context, RuleResult result, SchemaVersionStatus before) {
    var recorded = new TargetVersion(before.target(), before.targetSince());
    boolean syncs = context.activeJob().filter(job -> job.step() == Step.SYNC).isPresent();
    if (syncs) {
      return recorded;
    }
    var announced = announced(context);
    boolean alreadyAnnounced = announced.equals(recorded.version());
    boolean announces =
        result.announcement() != Announcement.NONE
            || (alreadyAnnounced && result.sync().isPresent());
    var version = announces ? announced : reachable(context);
    if (version == null) {
      return NONE;
    }
    return version.equals(recorded.version()) && recorded.since() != null
        ? recorded
        : new TargetVersion(version, context.cluster().now().toString());
  }

  /**
   * Returns the highest version that the database may reach without a new sync of this resource: by
   * an interrupted sync, or through another resource; or null.
   */
  private static String reachable(ReconcileContext context) {
    var interruptedSync = context.recordedState().interruptedSync();
    return context
        .versions()
        .highest(
            interruptedSync == null ? null : interruptedSync.target(),
            SharedDatabases.target(context));
  }

  /** Returns the target to announce for a sync to the wanted version. */
  private static String announced(ReconcileContext context) {
    return context.versions().highest(reachable(context), context.spec().version());
  }

  /** Returns since when the wanted version is announced, or null if it is not. */
  public static Instant since(ReconcileContext context) {
    var status = StatusSanitizer.of(context.cluster().resource().getStatus());
    boolean isAnnounced =
        announced(context).equals(status.target()) && status.targetSince() != null;
    return isAnnounced ? Instant.parse(status.targetSince()) : null;
  }
}
