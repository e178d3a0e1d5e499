package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import dev.schemaversion.api.v1alpha1.PlanStatus;
import dev.schemaversion.api.v1alpha1.ProofStatus;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.BaselineStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.DatabaseStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.ImageStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.SyncedStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.UnfinishedStatus;
import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Outcome.Kind;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Step;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/**
 * What is known about a database: which one it is, where it started, what is proven of it, and the
 * Jobs that say so. Immutable; {@link #record} gives the evidence with one more Job in it.
 *
 * @param database the database it is about, or null
 * @param baseline how its first version came to be known, or null
 * @param synced the last sync that succeeded, or null; also null once another one may have changed
 *     the database since
 * @param proof how its schema compares with what the migrations build, or null
 * @param plan what the next sync would do, or null
 * @param image what was read from the image with the migrations, or null
 * @param unfinished the sync of which it is not known (yet) what it has done, or null
 * @param operations the last Jobs, the newest last
 */
record Evidence(
    DatabaseStatus database,
    BaselineStatus baseline,
    SyncedStatus synced,
    ProofStatus proof,
    PlanStatus plan,
    ImageStatus image,
    UnfinishedStatus unfinished,
    List<Operation> operations) {

  /** The evidence recorded in a status, as far as it is about this address. */
  static Evidence of(SchemaVersionStatus status, String address) {
    var recorded = status == null ? SchemaVersionStatus.NONE : status;
    var evidence =
        new Evidence(
            recorded.database(),
            recorded.baseline(),
            recorded.synced(),
            recorded.proof(),
            recorded.plan(),
            recorded.image(),
            recorded.unfinished(),
            Objects.requireNonNullElse(recorded.operations(), List.of()));
    boolean same =
        recorded.database() != null && Objects.equals(recorded.database().address(), address);
    return same ? evidence : evidence.voided(address);
  }

  /** The same Jobs, but nothing is known about the database any more. */
  private Evidence voided(String address) {
    return new Evidence(
        new DatabaseStatus(address, null, null, null),
        null,
        null,
        null,
        null,
        image,
        null,
        operations);
  }

  /** Whether a Job has been recorded already. */
  boolean has(ObservedJob job) {
    return job.owned()
        || operations.stream().anyMatch(operation -> operation.job().equals(job.name()));
  }

  /** The database it really is, or null. */
  DatabaseIdentity identity() {
    return database == null || database.server() == null
        ? null
        : new DatabaseIdentity(database.server(), database.name());
  }

  /** The version that was last proven, or null; it counts also while the schema has drifted. */
  String version() {
    var known = Proofs.known(proof);
    return known == null ? null : known.version();
  }

  /** The version that workloads may rely on, or null. */
  String reliable(boolean driftHolds) {
    return driftHolds && !Proofs.holds(proof) ? null : version();
  }

  /** A sync may have changed the database since the last one that succeeded. */
  private Evidence notSyncedAnyMore() {
    return new Evidence(database, baseline, null, proof, plan, image, unfinished, operations);
  }

  /** The sync whose end is not known, or null. */
  Evidence withUnfinished(UnfinishedStatus other) {
    return new Evidence(database, baseline, synced, proof, plan, image, other, operations);
  }

  /** What counts as the image's content from now on. */
  Evidence withImage(ImageStatus other) {
    return new Evidence(database, baseline, synced, proof, plan, other, unfinished, operations);
  }

  /** The plan was for something else. */
  Evidence withoutPlan() {
    return new Evidence(database, baseline, synced, proof, null, image, unfinished, operations);
  }

  /** The wish of the annotation {@code schemaversion.dev/verify} has been fulfilled. */
  Evidence answered(String asked) {
    return proof == null
        ? this
        : new Evidence(
            database,
            baseline,
            synced,
            Proofs.answered(proof, asked),
            plan,
            image,
            unfinished,
            operations);
  }

  /** The evidence with what an ended Job says. */
  Evidence record(ObservedJob job, Engine engine, Instant now) {
    var recorded =
        new Evidence(
            database,
            baseline,
            synced,
            proof,
            plan,
            image,
            unfinished,
            Endings.with(operations, job, engine, now));
    // A Job that was made for another address says nothing about this one.
    if (!database.address().equals(job.address())) {
      return recorded;
    }
    return job.report() == null
        ? recorded.lost(job.step())
        : recorded
            .onServer(job.report())
            .learn(job, job.report(), now.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** A sync that left no trace may have committed something: the last success says no more. */
  private Evidence lost(Step step) {
    return step == Step.SYNC ? notSyncedAnyMore() : this;
  }

  /** Also a Job that failed tells the server's version, by which the scratch server's is chosen. */
  private Evidence onServer(Report report) {
    if (report.serverVersion() == null) {
      return this;
    }
    var known =
        new DatabaseStatus(
            database.address(), database.server(), database.name(), report.serverVersion());
    return new Evidence(known, baseline, synced, proof, plan, image, unfinished, operations);
  }

  private Evidence learn(ObservedJob job, Report report, String at) {
    if (report.outcome() == Outcome.DATABASE_CHANGED) {
      return voided(database.address()).onServer(report);
    }
    boolean succeeded = report.outcome() == Outcome.SUCCEEDED && !Endings.saysTooLittle(job);
    var learnt =
        switch (job.step()) {
          case BASELINE -> succeeded ? baselined(report, at) : notBaselined(report, at);
          case SYNC -> succeeded ? synced(job, report, at) : notSynced(report, at);
          case VERIFY -> succeeded ? looked(report, at) : notLooked(report, at);
          case PROVE -> succeeded ? found(report, proven(report, at)) : notProven(report, at);
          case PLAN -> succeeded ? planned(job, report, at) : notSynced(report, at);
        };
    return moved(report) ? learnt.withdrawn(report) : learnt;
  }

  /** Whether the history says another version than the one that was proven, or none at all. */
  private boolean moved(Report report) {
    var known = Proofs.known(proof);
    if (known == null || report.schema() == null) {
      return false;
    }
    return report.outcome() == Outcome.HALF_APPLIED
        ? !Unfinished.covers(known.version(), unfinished, report.version())
        : !Proofs.same(known.version(), report.version());
  }

  /**
   * Without the version that was proven, unless another one is: no workload may start on a backup
   * that is older. Without any history there is no beginning either.
   */
  private Evidence withdrawn(Report report) {
    return Proofs.holds(proof)
        ? this
        : new Evidence(
            database,
            report.version() == null ? null : baseline,
            null,
            Proofs.forgotten(proof),
            plan,
            image,
            unfinished,
            operations);
  }

  private Evidence baselined(Report report, String at) {
    var start = report.baseline();
    var established = new BaselineStatus(reason(start.established()).name(), start.version(), at);
    var first = Proofs.proves(report) ? proven(report, at) : null;
    return new Evidence(
        found(report).database, established, synced, first, plan, image, unfinished, operations);
  }

  private Evidence notBaselined(Report report, String at) {
    // Whatever else it may equal: without a claim that holds there is no version.
    boolean says = report.proof() != null || Proofs.refuted(report.outcome());
    return says && report.outcome().kind() == Kind.REFUSED
        ? with(Proofs.unproven(proof, report, report.outcome(), null, at))
        : this;
  }

  private Evidence synced(ObservedJob job, Report report, String at) {
    var reached =
        new SyncedStatus(report.version(), job.inputsDigest(), report.migrationsDigest(), at);
    return new Evidence(
        found(report).database,
        baseline,
        reached,
        proven(report, at),
        null,
        image,
        unfinished,
        operations);
  }

  /** A sync or a plan that did not come to its end. */
  private Evidence notSynced(Report report, String at) {
    var outcome = report.outcome();
    if (outcome == Outcome.SUCCEEDED) {
      // It says too little, and may have done anything.
      return notSyncedAnyMore();
    }
    if (outcome == Outcome.PROOF_NEEDED) {
      return with(Proofs.pending(proof, report.schema(), at));
    }
    if (outcome == Outcome.PLAN_CHANGED) {
      return withoutPlan();
    }
    if (Unfinished.leavesDoubt(outcome)) {
      return notSyncedAnyMore().with(doubted(report, at));
    }
    boolean committed = report.migrationsApplied() > 0;
    var rest = committed ? notSyncedAnyMore().with(null) : this;
    if (Proofs.proves(report) && !Proofs.refuted(outcome)) {
      // What it committed before it failed counts, as far as it is proven.
      return rest.with(proven(report, at));
    }
    boolean unproven =
        Proofs.refuted(outcome) || (report.proof() != null && outcome.kind() == Kind.REFUSED);
    if (!unproven) {
      return rest;
    }
    var known = outcome == Outcome.DRIFTED && !committed ? Proofs.known(proof) : null;
    return rest.with(Proofs.unproven(proof, report, outcome, known, at));
  }

  /**
   * Of a sync that may have committed anything up to its target: what was proven before stays
   * known, for the gate counts with both. That a script is half applied is found by looking.
   */
  private ProofStatus doubted(Report report, String at) {
    return report.outcome() == Outcome.HALF_APPLIED
        ? Proofs.unproven(proof, report, Outcome.HALF_APPLIED, Proofs.known(proof), at)
        : proof;
  }

  private Evidence looked(Report report, String at) {
    return proof == null ? this : with(Proofs.looked(proof, report.schema(), at));
  }

  private Evidence notLooked(Report report, String at) {
    if (proof == null || report.outcome().kind() == Kind.RETRY) {
      return this;
    }
    return report.schema() == null
        ? with(Proofs.unseen(proof, failure(report), at))
        : with(Proofs.looked(proof, report.schema(), at));
  }

  private Evidence notProven(Report report, String at) {
    if (report.outcome().kind() == Kind.RETRY) {
      return this;
    }
    var known = Proofs.known(proof);
    return with(Proofs.unproven(proof, report, failure(report), known, at));
  }

  private Evidence planned(ObservedJob job, Report report, String at) {
    var present = Proofs.proves(report) ? found(report).with(proven(report, at)) : this;
    return new Evidence(
        present.database,
        baseline,
        synced,
        present.proof,
        Plans.recorded(report.plan(), job.inputsDigest(), at),
        image,
        unfinished,
        operations);
  }

  private ProofStatus proven(Report report, String at) {
    return Proofs.proven(proof, report, at);
  }

  private Evidence with(ProofStatus other) {
    return new Evidence(database, baseline, synced, other, plan, image, unfinished, operations);
  }

  private Evidence found(Report report, ProofStatus other) {
    return found(report).with(other);
  }

  private Evidence found(Report report) {
    var identity = report.database();
    var known =
        new DatabaseStatus(
            database.address(),
            identity == null ? null : identity.server(),
            identity == null ? null : identity.name(),
            report.serverVersion());
    return new Evidence(known, baseline, synced, proof, plan, image, unfinished, operations);
  }

  /** A success that says too little is a fault of ours. */
  private static Outcome failure(Report report) {
    return report.outcome() == Outcome.SUCCEEDED ? Outcome.INTERNAL_ERROR : report.outcome();
  }

  private static Reason reason(Report.Established established) {
    return switch (established) {
      case EMPTY -> Reason.Empty;
      case PROVEN -> Reason.Proven;
      case ACCEPTED -> Reason.Accepted;
    };
  }
}
