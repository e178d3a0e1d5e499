package dev.schemaversion.decide.rule;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ReconcileContext;
import dev.schemaversion.decide.gate.Verdict;
import dev.schemaversion.decide.gate.VersionRequirement;
import dev.schemaversion.decide.gate.Workload;
import dev.schemaversion.decide.gate.WorkloadRequirements;
import dev.schemaversion.decide.rule.RuleResult.Announcement;
import dev.schemaversion.decide.status.TargetVersion;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Guards the contract phase of expand and contract: a sync waits while a live pod does not run on
 * its target version. The operator first announces the target to the gate, so that no such pod
 * starts any more. Once every cache has the announcement, a list request past all caches returns
 * the pods that are still live.
 */
final class ContractGuard {
  /** The time for the announcement to reach the caches of the policies; 26 ms were measured. */
  private static final Duration CACHE_DELAY = Duration.ofSeconds(5);

  /** No event announces the end of a running pod. */
  private static final Duration LIST_INTERVAL = Duration.ofSeconds(2);

  private static final int MAX_NAMED = 5;

  private ContractGuard() {}

  /**
   * Returns what has to happen before the next Job.
   *
   * @param next the result that creates the Job
   * @return empty if the Job may be created now
   */
  static Optional<RuleResult> before(ReconcileContext context, RuleResult next) {
    if (next.sync().isEmpty() || !changesVersion(context)) {
      return Optional.empty();
    }
    var livePods = context.cluster().livePods();
    var since = TargetVersion.since(context);
    if (since == null || livePods == null) {
      return Optional.of(
          declaresMaximum(context, context.cluster().workloads())
              ? announce(context)
              : listPods(context));
    }
    if (declaresMaximum(context, livePods) && !cacheDelay(context).isZero()) {
      return Optional.of(announce(context));
    }
    var blocking = livePods.stream().filter(pod -> !runsOn(context, pod)).toList();
    return blocking.isEmpty() ? Optional.empty() : Optional.of(waitFor(context, blocking));
  }

  /** Returns whether the sync changes the version. */
  private static boolean changesVersion(ReconcileContext context) {
    return !context.versions().same(context.recordedState().version(), context.spec().version());
  }

  /** Returns whether any of these workloads declares the highest version that it runs on. */
  static boolean declaresMaximum(ReconcileContext context, List<Workload> workloads) {
    return workloads.stream()
        .flatMap(workload -> needs(context, workload).requirements().stream())
        .anyMatch(requirement -> requirement.max() != null);
  }

  private static WorkloadRequirements needs(ReconcileContext context, Workload workload) {
    return workload.needs().of(context.cluster().resource().getMetadata().getName());
  }

  /** Returns how long the announcement still needs to reach all caches. */
  private static Duration cacheDelay(ReconcileContext context) {
    var since = TargetVersion.since(context);
    var left =
        since == null
            ? CACHE_DELAY
            : CACHE_DELAY.minus(Duration.between(since, context.cluster().now()));
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static RuleResult announce(ReconcileContext context) {
    var left = cacheDelay(context);
    return left.isZero()
        ? listPods(context)
        : announced(context, Announcement.ANNOUNCED).requeueIn(left);
  }

  private static RuleResult listPods(ReconcileContext context) {
    return announced(context, Announcement.LIST_PODS);
  }

  private static RuleResult announced(ReconcileContext context, Announcement how) {
    return RuleResult.reconciling(
            Reason.WaitingForWorkloads.name(),
            "the operator has announced version %s to the gate, so that no pod starts that does not run on that version; next it lists the live pods"
                .formatted(context.spec().version()))
        .about(Step.SYNC)
        .withAnnouncement(how);
  }

  /** A maximum that is not a known version counts as too low. */
  private static boolean runsOn(ReconcileContext context, Workload pod) {
    var versions = context.versions();
    return needs(context, pod).requirements().stream()
        .map(VersionRequirement::max)
        .filter(Objects::nonNull)
        .allMatch(max -> versions.atMost(context.spec().version(), max));
  }

  private static RuleResult waitFor(ReconcileContext context, List<Workload> pods) {
    var incompatible =
        pods.stream()
            .filter(pod -> successorWaits(context, pod))
            .map(ContractGuard::title)
            .findFirst();
    var message =
        "the sync to %s waits for live pods that do not run on that version: %s"
            .formatted(context.spec().version(), describe(context, pods));
    return incompatible
        .map(
            workload ->
                RuleResult.stalled(
                    Reason.IncompatibleWorkloads.name(),
                    "%s. The new pods of %s require that version, so the old ones are not replaced. Scale the workload to 0 and up again (kubectl scale), or first deploy a release that runs on both versions"
                        .formatted(message, workload)))
        .orElseGet(
            () ->
                RuleResult.reconciling(
                    Reason.WaitingForWorkloads.name(),
                    message + ". The sync starts when they are gone"))
        .about(Step.SYNC)
        .withAnnouncement(Announcement.BLOCKED)
        .requeueIn(LIST_INTERVAL);
  }

  /** Returns whether the next revision of the same workload is held until the sync is done. */
  private static boolean successorWaits(ReconcileContext context, Workload pod) {
    var versions = context.versions();
    var present = context.recordedState().version();
    return context.cluster().workloads().stream()
        .filter(workload -> workload.held() && title(workload).equals(title(pod)))
        .flatMap(workload -> needs(context, workload).requirements().stream())
        .map(VersionRequirement::min)
        .filter(versions::knows)
        .anyMatch(min -> !versions.atMost(min, present));
  }

  private static String describe(ReconcileContext context, List<Workload> pods) {
    var counted =
        pods.stream()
            .collect(
                Collectors.groupingBy(
                    pod -> title(pod) + " up to " + highest(context, pod), Collectors.counting()));
    var first =
        counted.entrySet().stream()
            .sorted(Comparator.comparing(entry -> entry.getKey()))
            .limit(MAX_NAMED)
            .map(e -> "%s (%d %s)".formatted(e.getKey(), e.getValue(), pods(e.getValue())))
            .collect(Collectors.joining(", "));
    return counted.size() > MAX_NAMED ? first + ", and others" : first;
  }

  private static String pods(long count) {
    return count == 1 ? "pod" : "pods";
  }

  private static String highest(ReconcileContext context, Workload pod) {
    return needs(context, pod).requirements().stream()
        .map(VersionRequirement::max)
        .filter(Objects::nonNull)
        .map(Verdict::shortened)
        .findFirst()
        .orElse("");
  }

  private static String title(Workload workload) {
    return workload.kind() + " " + workload.name();
  }
}
