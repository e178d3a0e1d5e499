package dev.schemaversion.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Plan;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ObservedJob.State;
import dev.schemaversion.decide.gate.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A world with real databases in it, which only Jobs change, and in which things happen by chance.
 * So what the status says can be held against what is true.
 */
final class RandomCluster {
  private static final List<String> HOSTS = List.of("postgres", "standby");
  private static final int EMPTY = 0;

  private static final List<Outcome> PASSING =
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

  /** What a Job was told when it was created. */
  private record Order(Step step, String host, int target, boolean byHand, String approved) {}

  private final Random random;
  private final Map<String, Integer> databases = new HashMap<>();
  private final Map<String, String> drifts = new HashMap<>();
  private final Map<String, Order> orders = new HashMap<>();
  private final List<String> story = new ArrayList<>();
  private SimulatedCluster cluster = SimulatedClusters.applied();

  RandomCluster(long seed) {
    this.random = new Random(seed);
    HOSTS.forEach(host -> databases.put(host, random.nextInt(4) == 0 ? 9 : EMPTY));
  }

  /** One thing happens, and the operator answers until it has nothing more to do. */
  void happens() {
    switch (random.nextInt(42)) {
      case 0, 9, 10 -> wantAnotherVersion();
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
      case 18 -> somebodyDeletesARunningJob();
      default -> jobGoesOn();
    }
    cluster = cluster.settle();
    ordersOfNewJobs();
    holds();
  }

  /** Whether the resource is what its spec says. */
  boolean ready() {
    return is(ConditionType.Ready);
  }

  private void drift() {
    var host = HOSTS.get(random.nextInt(2));
    if (drifts.remove(host) == null && random.nextBoolean()) {
      drifts.put(host, "drift " + random.nextInt(3));
    }
    story.add(host + " has " + drifts.getOrDefault(host, "no drift"));
  }

  private void approve() {
    var plan = cluster.status() == null ? null : cluster.status().plan();
    if (plan != null) {
      patch("metadata: {annotations: {schemaversion.dev/approve: '%s'}}".formatted(plan.digest()));
    }
  }

  /** What it has done until then is done. */
  private void somebodyDeletesARunningJob() {
    cluster.jobs().stream()
        .filter(job -> job.state() == State.RUNNING)
        .findFirst()
        .ifPresent(
            job -> {
              var order = orders.get(job.name());
              if (order.step() == Step.SYNC && drifts.get(order.host()) == null) {
                databases.merge(order.host(), order.target(), Math::max);
              }
              change(job.name() + " is deleted by hand", cluster.without(job));
            });
  }

  /** Often the one recorded: a person who sees a failure goes back. */
  private void wantAnotherVersion() {
    var recorded = cluster.status() == null ? null : cluster.status().version();
    boolean back = recorded != null && random.nextBoolean();
    patch("spec: {version: '%s'}".formatted(back ? recorded : 9 + random.nextInt(6)));
  }

  private void jobGoesOn() {
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
    var order = orders.get(job.name());
    var report = report(order);
    if (random.nextInt(3) == 0) {
      change(
          job.name() + " dies",
          random.nextBoolean() ? cluster.dies("OOMKilled", 137) : cluster.dies(null, null));
    } else {
      change(
          "%s ends %s at %d".formatted(job.name(), report.outcome(), databases.get(order.host())),
          cluster.ends(SimulatedClusters.on(new DatabaseIdentity(order.host(), "glance"), report)));
    }
  }

  private Report report(Order order) {
    int before = databases.get(order.host());
    var drift = drifts.get(order.host());
    var found =
        drift == null
            ? SimulatedClusters.schemaOf(version(before))
            : SimulatedClusters.schema(drift + before);
    if (random.nextInt(4) == 0 && order.step() != Step.SYNC) {
      return SimulatedClusters.failed(order.step(), PASSING.get(random.nextInt(PASSING.size())));
    }
    if (order.step() == Step.VERIFY) {
      return SimulatedClusters.seen(found);
    }
    if (drift != null) {
      boolean first = order.step() == Step.BASELINE || random.nextInt(3) == 0;
      var outcome = first ? Outcome.HISTORY_CONTRADICTED : Outcome.DRIFTED;
      return order.step() == Step.SYNC && random.nextInt(3) == 0
          ? SimulatedClusters.saying(
              SimulatedClusters.failed(Step.SYNC, Outcome.PROOF_NEEDED), found, null)
          : SimulatedClusters.refuted(order.step(), outcome, version(before), found);
    }
    return switch (order.step()) {
      case BASELINE ->
          before == EMPTY
              ? SimulatedClusters.foundEmpty()
              : SimulatedClusters.foundHistory("" + before);
      case PROVE, VERIFY -> SimulatedClusters.proved(version(before));
      case PLAN -> plan(order, before);
      case SYNC -> sync(order, before);
    };
  }

  private static String version(int version) {
    return version == EMPTY ? null : "" + version;
  }

  private static Report plan(Order order, int before) {
    int count = Math.max(0, order.target() - before);
    var to = "" + order.target();
    return SimulatedClusters.planned(
        new Plan(
            digest(order, before), version(before), to, List.of(), count, 0, 0, 0, 0, null, null));
  }

  private static String digest(Order order, int before) {
    return "sha256:%d to %d on %s".formatted(before, order.target(), order.host());
  }

  private Report sync(Order order, int before) {
    if (before > order.target()) {
      return SimulatedClusters.failed(Step.SYNC, Outcome.DOWNGRADE_REFUSED, "" + before, 0);
    }
    if (order.byHand() && !digest(order, before).equals(order.approved())) {
      return SimulatedClusters.failed(Step.SYNC, Outcome.PLAN_CHANGED);
    }
    boolean well = random.nextInt(3) > 0;
    int after = well ? order.target() : before + random.nextInt(order.target() - before + 1);
    databases.put(order.host(), after);
    return well
        ? SimulatedClusters.synced("" + after, after - before)
        : SimulatedClusters.failed(
            Step.SYNC, PASSING.get(random.nextInt(PASSING.size())), version(after), after - before);
  }

  /** What must be true whatever happens. */
  private void holds() {
    var told = String.join("\n", story);
    var status = cluster.status();
    var spec = cluster.resource().getSpec();
    int actual = databases.get(spec.database().host());
    var active = cluster.jobs().stream().filter(ObservedJob::active).toList();

    assertThat(active).as("Jobs at a time\n%s", told).hasSizeLessThan(2);
    assertThat(cluster.resource().getMetadata().getFinalizers().contains(Names.FINALIZER))
        .as("kept while a Job runs\n%s", told)
        .isEqualTo(!active.isEmpty());
    if (status.version() != null) {
      assertThat(Integer.parseInt(status.version()))
          .as("version recorded, which the gate trusts\n%s", told)
          .isLessThanOrEqualTo(actual);
    }
    if (ready()) {
      assertThat(spec.version()).as("Ready\n%s", told).isEqualTo(status.version());
      assertThat(actual).as("Ready\n%s", told).isEqualTo(Integer.parseInt(spec.version()));
      assertThat(is(ConditionType.Proven)).as("Ready and Proven\n%s", told).isTrue();
      assertThat(is(ConditionType.Stalled)).as("Ready and Stalled\n%s", told).isFalse();
      assertThat(is(ConditionType.Reconciling)).as("Ready and Reconciling\n%s", told).isFalse();
    }
    if (spec.driftOrDefault().holds() && !is(ConditionType.Proven)) {
      assertThat(status.version()).as("onDrift: Hold\n%s", told).isNull();
    }
    for (var job : active) {
      if (job.step() == Step.SYNC && job.state() == State.PENDING && spec.approvedByHand()) {
        assertThat(orders.get(job.name()).approved()).as("approved\n%s", told).isNotNull();
      }
    }
    orderOfJobsDoesNotMatter(told);
  }

  private void orderOfJobsDoesNotMatter(String told) {
    var shuffled = new ArrayList<>(cluster.jobs());
    Collections.shuffle(shuffled, random);
    assertThat(cluster.jobs(shuffled).next())
        .as("whatever order the cache has\n%s", told)
        .isEqualTo(cluster.next());
  }

  private boolean is(ConditionType type) {
    return cluster.condition(type).getStatus().equals("True");
  }

  private void ordersOfNewJobs() {
    var spec = cluster.resource().getSpec();
    for (var job : cluster.jobs()) {
      if (job.active() && job.state() == State.PENDING) {
        // One that has not started is made anew when what it was told has changed.
        orders.put(
            job.name(),
            new Order(
                job.step(),
                spec.database().host(),
                Integer.parseInt(spec.version()),
                spec.approvedByHand(),
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
    story.add(what);
    cluster = changed;
  }
}
