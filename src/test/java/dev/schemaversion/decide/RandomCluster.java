package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.decide.ObservedJob.State;
import dev.schemaversion.decide.gate.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A simulated cluster with databases in which random events happen. Only Jobs and drift change the
 * databases, so that the status can be compared with their actual state.
 */
final class RandomCluster {
  private static final List<String> HOSTS = List.of("postgres", "standby");
  private final Random random;
  private final RandomDatabases databases;
  private final Map<String, RandomDatabases.Request> requests = new HashMap<>();
  private final List<String> events = new ArrayList<>();
  private SimulatedCluster cluster = SimulatedClusters.applied();

  RandomCluster(long seed) {
    this.random = new Random(seed);
    this.databases = new RandomDatabases(random, HOSTS);
  }

  /** Applies a random event, reconciles until the operator settles, and checks the invariants. */
  void nextEvent() {
    switch (random.nextInt(45)) {
      case 0, 9, 10 -> changeVersion();
      case 1 -> patch("spec: {database: {host: %s}}".formatted(HOSTS.get(random.nextInt(2))));
      case 2 -> patch("spec: {suspend: %s}".formatted(random.nextInt(4) == 0));
      case 3 ->
          patch(
              "metadata: {annotations: {schemaversion.dev/retry: '%d'}}"
                  .formatted(random.nextInt(9)));
      case 4 ->
          change(
              "other migrations",
              cluster.migrations(
                  random.nextInt(4) == 0
                      ? SimulatedClusters.OTHER_MIGRATIONS
                      : SimulatedClusters.MIGRATIONS));
      case 5 -> change("no migrations", cluster.lacking("glance-migrations"));
      case 6 -> patch("spec: {job: {podLabels: {team: t%d}}}".formatted(random.nextInt(3)));
      case 7 -> change("workloads", cluster.workloads(workloads()));
      case 8 -> change("time", cluster.later(Duration.ofSeconds(1 + random.nextInt(400))));
      case 11 -> drift();
      case 13 -> change("time", cluster.later(Duration.ofMinutes(70)));
      case 14 ->
          patch("spec: {approval: %s}".formatted(random.nextInt(3) > 0 ? "Automatic" : "Manual"));
      case 15 ->
          patch("spec: {drift: {onDrift: %s}}".formatted(random.nextBoolean() ? "Hold" : "Report"));
      case 16 ->
          patch(
              "metadata: {annotations: {schemaversion.dev/verify: '%d'}}"
                  .formatted(random.nextInt(9)));
      case 17 -> approve();
      case 18 -> deleteRunningJob();
      case 19 -> change("the limit of Jobs is reached", cluster.withQueued("many Jobs run"));
      case 20, 21 -> change("a place is free", cluster.withQueued(null));
      default -> advanceJob();
    }
    cluster = cluster.settle();
    requestsOfPendingJobs();
    new RandomClusterInvariants(cluster, databases, requests, events).check(random);
  }

  /** Returns whether the resource is Ready. */
  boolean ready() {
    return is(ConditionType.Ready);
  }

  private void drift() {
    var host = HOSTS.get(random.nextInt(2));
    events.add(host + " has " + databases.toggleDrift(host));
  }

  private void approve() {
    var plan = cluster.status() == null ? null : cluster.status().plan();
    if (plan != null) {
      patch("metadata: {annotations: {schemaversion.dev/approve: '%s'}}".formatted(plan.digest()));
    }
  }

  /** The deleted Job may have migrated the database before. */
  private void deleteRunningJob() {
    cluster.jobs().stream()
        .filter(job -> job.state() == State.RUNNING)
        .findFirst()
        .ifPresent(
            job -> {
              databases.finishSync(requests.get(job.name()));
              change("a user deletes " + job.name(), cluster.without(job));
            });
  }

  /** Often the recorded version, as users revert after a failure. */
  private void changeVersion() {
    var recorded = cluster.status() == null ? null : cluster.status().version();
    boolean back = recorded != null && random.nextBoolean();
    patch("spec: {version: '%s'}".formatted(back ? recorded : 9 + random.nextInt(6)));
  }

  private void advanceJob() {
    var active = cluster.jobs().stream().filter(ObservedJob::active).findFirst();
    if (active.isEmpty()) {
      change("time", cluster.later(Duration.ofMinutes(6)));
    } else if (active.get().state() == State.PENDING) {
      change(
          "pod",
          random.nextInt(3) == 0 ? cluster.waitsFor("Unschedulable: no node") : cluster.starts());
    } else {
      end(active.get());
    }
  }

  private void end(ObservedJob job) {
    var request = requests.get(job.name());
    var report = databases.report(request);
    if (random.nextInt(3) == 0) {
      change(
          job.name() + " dies",
          random.nextBoolean() ? cluster.dies("OOMKilled", 137) : cluster.dies(null, null));
    } else {
      change(
          "%s ends %s at %d"
              .formatted(job.name(), report.outcome(), databases.version(request.host())),
          cluster.ends(RunnerReports.on(new DatabaseIdentity(request.host(), "glance"), report)));
    }
  }

  private boolean is(ConditionType type) {
    return cluster.condition(type).getStatus().equals("True");
  }

  private void requestsOfPendingJobs() {
    var spec = cluster.resource().getSpec();
    for (var job : cluster.jobs()) {
      if (job.active() && job.state() == State.PENDING) {
        // The operator replaces a pending Job when its request has changed.
        requests.put(
            job.name(),
            new RandomDatabases.Request(
                job.step(),
                spec.database().host(),
                Integer.parseInt(spec.version()),
                spec.requiresApproval(),
                cluster.status().plan() == null ? null : cluster.status().plan().digest()));
      }
    }
  }

  private List<Workload> workloads() {
    var workloads = new ArrayList<Workload>();
    for (int i = random.nextInt(4); i > 0; i--) {
      workloads.add(
          new Workload(
              "Deployment",
              "w" + i,
              SimulatedClusters.needs(
                  random.nextInt(4) == 0 ? "latest" : Integer.toString(9 + random.nextInt(6)),
                  random.nextInt(4) == 0 ? Integer.toString(9 + random.nextInt(6)) : null),
              random.nextBoolean()));
    }
    return workloads;
  }

  private void patch(String yaml) {
    change(yaml, cluster.patch(yaml));
  }

  private void change(String what, SimulatedCluster changed) {
    events.add(what);
    cluster = changed;
  }
}
