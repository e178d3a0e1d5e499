package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Ruling.Announcement;
import java.time.Instant;

/**
 * The version that a sync is about to go to, as the gate reads it in the status: from before the
 * Job is made until its outcome is recorded.
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
    var wanted = facts.spec().version();
    boolean stands = wanted.equals(recorded.version());
    if (ruling.announcement() == Announcement.NONE) {
      return stands && ruling.creates(Step.SYNC) ? recorded : NONE;
    }
    return stands ? recorded : new Target(wanted, facts.world().now().toString());
  }

  /** Since when the version wanted now is announced, or null if it is not. */
  static Instant since(Facts facts) {
    var status = facts.world().resource().getStatus();
    boolean stands =
        status != null
            && facts.spec().version().equals(status.target())
            && status.targetSince() != null;
    return stands ? Instant.parse(status.targetSince()) : null;
  }
}
