package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Ruling.Announcement;
import java.time.Instant;

/**
 * The version that a sync is about to go to, as the gate reads it in the status: from before the
 * Job is made until its outcome is recorded, or, where nobody knows that, until a proof says where
 * the database is.
 *
 * @param version the version, or null
 * @param since when it was written, or null
 */
record Target(String version, String since) {
  private static final Target NONE = new Target(null, null);

  static Target of(Facts facts, Ruling ruling, SchemaVersionStatus before) {
    var recorded = new Target(before.target(), before.targetSince());
    boolean syncs = facts.activeJob().filter(job -> job.step() == Step.SYNC).isPresent();
    if (syncs) {
      return recorded;
    }
    var announced = announced(facts);
    boolean stands = announced.equals(recorded.version());
    boolean made =
        ruling.announcement() != Announcement.NONE || (stands && ruling.sync().isPresent());
    var version = made ? announced : left(facts);
    if (version == null) {
      return NONE;
    }
    return version.equals(recorded.version()) && recorded.since() != null
        ? recorded
        : new Target(version, facts.world().now().toString());
  }

  /**
   * What may be reached without a sync of ours that is announced: by one of which nobody knows what
   * it has done, or by another resource; or null.
   */
  private static String left(Facts facts) {
    var unfinished = facts.evidence().unfinished();
    return Unfinished.highest(
        unfinished == null ? null : unfinished.target(), Sharing.target(facts));
  }

  /** What is announced when a sync is to go to the version wanted now. */
  private static String announced(Facts facts) {
    return Unfinished.highest(left(facts), facts.spec().version());
  }

  /** Since when the version wanted now is announced, or null if it is not. */
  static Instant since(Facts facts) {
    var status = Legible.of(facts.world().resource().getStatus());
    boolean stands = announced(facts).equals(status.target()) && status.targetSince() != null;
    return stands ? Instant.parse(status.targetSince()) : null;
  }
}
