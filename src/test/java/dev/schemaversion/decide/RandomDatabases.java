package dev.schemaversion.decide;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Plan;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The databases of a {@link RandomCluster}: Jobs migrate them, and others change their schema. */
final class RandomDatabases {
  private static final int EMPTY = 0;

  private static final List<Outcome> FAILURES =
      List.of(
          Outcome.DATABASE_UNREACHABLE,
          Outcome.ACCESS_DENIED,
          Outcome.LOCK_BUSY,
          Outcome.LOCK_TIMEOUT,
          Outcome.CONNECTION_LOST,
          Outcome.INTERRUPTED,
          Outcome.MIGRATION_FAILED,
          Outcome.CHECKSUM_MISMATCH,
          Outcome.INTERNAL_ERROR);

  /** The relevant part of a Job's request. */
  record Request(Step step, String host, int target, boolean requiresApproval, String approved) {}

  private final Random random;
  private final Map<String, Integer> versions = new HashMap<>();
  private final Map<String, String> drifts = new HashMap<>();

  RandomDatabases(Random random, List<String> hosts) {
    this.random = random;
    hosts.forEach(host -> versions.put(host, random.nextInt(4) == 0 ? 9 : EMPTY));
  }

  /** Returns the actual version of a database. */
  int version(String host) {
    return versions.get(host);
  }

  /** Undoes the drift of a database, or adds one at random. */
  String toggleDrift(String host) {
    if (drifts.remove(host) == null && random.nextBoolean()) {
      drifts.put(host, "drift " + random.nextInt(3));
    }
    return drifts.getOrDefault(host, "no drift");
  }

  /** Runs a sync to its end without a report. */
  void finishSync(Request request) {
    if (request.step() == Step.SYNC && drifts.get(request.host()) == null) {
      versions.merge(request.host(), request.target(), Math::max);
    }
  }

  /** Runs a Job and returns its report. */
  Report report(Request request) {
    int before = versions.get(request.host());
    var drift = drifts.get(request.host());
    var found =
        drift == null
            ? RunnerReports.schemaOf(version(before))
            : RunnerReports.schema(drift + before);
    if (random.nextInt(4) == 0 && request.step() != Step.SYNC) {
      return RunnerReports.failed(request.step(), FAILURES.get(random.nextInt(FAILURES.size())));
    }
    if (request.step() == Step.VERIFY) {
      return RunnerReports.verified(found);
    }
    if (drift != null) {
      boolean first = request.step() == Step.BASELINE || random.nextInt(3) == 0;
      var outcome = first ? Outcome.HISTORY_CONTRADICTED : Outcome.DRIFTED;
      return request.step() == Step.SYNC && random.nextInt(3) == 0
          ? RunnerReports.with(RunnerReports.failed(Step.SYNC, Outcome.PROOF_NEEDED), found, null)
          : RunnerReports.refuted(request.step(), outcome, version(before), found);
    }
    return switch (request.step()) {
      case BASELINE ->
          before == EMPTY ? RunnerReports.foundEmpty() : RunnerReports.foundHistory("" + before);
      case PROVE, VERIFY -> RunnerReports.proved(version(before));
      case PLAN -> plan(request, before);
      case SYNC -> sync(request, before);
    };
  }

  private static String version(int version) {
    return version == EMPTY ? null : "" + version;
  }

  private static Report plan(Request request, int before) {
    int count = Math.max(0, request.target() - before);
    var to = "" + request.target();
    return RunnerReports.planned(
        new Plan(
            digest(request, before),
            version(before),
            to,
            List.of(),
            count,
            0,
            0,
            0,
            0,
            null,
            null,
            null));
  }

  private static String digest(Request request, int before) {
    return "sha256:%d to %d on %s".formatted(before, request.target(), request.host());
  }

  private Report sync(Request request, int before) {
    if (before > request.target()) {
      return RunnerReports.failed(Step.SYNC, Outcome.DOWNGRADE_REFUSED, "" + before, 0);
    }
    if (request.requiresApproval() && !digest(request, before).equals(request.approved())) {
      return RunnerReports.failed(Step.SYNC, Outcome.PLAN_CHANGED);
    }
    boolean succeeds = random.nextInt(3) > 0;
    int after =
        succeeds ? request.target() : before + random.nextInt(request.target() - before + 1);
    versions.put(request.host(), after);
    return succeeds
        ? RunnerReports.synced("" + after, after - before)
        : RunnerReports.failed(
            Step.SYNC,
            FAILURES.get(random.nextInt(FAILURES.size())),
            version(after),
            after - before);
  }
}
