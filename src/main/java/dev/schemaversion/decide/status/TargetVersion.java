package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ReconcileContext;
import dev.schemaversion.decide.rule.RuleResult;
import dev.schemaversion.decide.rule.RuleResult.Announcement;
import dev.schemaversion.decide.rule.SharedDatabases;
import java.time.Instant;

/**
 * The version that a sync is about to go to, as the gate reads it in the status: from before the
 * Job is made until its outcome is recorded, or, where nobody knows that, until a proof says where
 * the database is.
 *
 * @param version the version, or null
 * @param since when it was written, or null
 */
public record TargetVersion(String version, String since) {
  private static final TargetVersion NONE = new TargetVersion(null, null);

  public static TargetVersion of(
      ReconcileContext context, RuleResult ruling, SchemaVersionStatus before) {
    var recorded = new TargetVersion(before.target(), before.targetSince());
    boolean syncs = context.activeJob().filter(job -> job.step() == Step.SYNC).isPresent();
    if (syncs) {
      return recorded;
    }
    var announced = announced(context);
    boolean stands = announced.equals(recorded.version());
    boolean made =
        ruling.announcement() != Announcement.NONE || (stands && ruling.sync().isPresent());
    var version = made ? announced : left(context);
    if (version == null) {
      return NONE;
    }
    return version.equals(recorded.version()) && recorded.since() != null
        ? recorded
        : new TargetVersion(version, context.cluster().now().toString());
  }

  /**
   * What may be reached without a sync of ours that is announced: by one of which nobody knows what
   * it has done, or by another resource; or null.
   */
  private static String left(ReconcileContext context) {
    var interruptedSync = context.recordedState().interruptedSync();
    return InterruptedSync.highest(
        interruptedSync == null ? null : interruptedSync.target(), SharedDatabases.target(context));
  }

  /** What is announced when a sync is to go to the version wanted now. */
  private static String announced(ReconcileContext context) {
    return InterruptedSync.highest(left(context), context.spec().version());
  }

  /** Since when the version wanted now is announced, or null if it is not. */
  public static Instant since(ReconcileContext context) {
    var status = StatusSanitizer.of(context.cluster().resource().getStatus());
    boolean stands = announced(context).equals(status.target()) && status.targetSince() != null;
    return stands ? Instant.parse(status.targetSince()) : null;
  }
}
