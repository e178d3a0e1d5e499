package dev.schemaversion.decide.rule;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ReconcileContext;
import dev.schemaversion.decide.gate.Verdict;
import dev.schemaversion.decide.gate.Version;
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
 * Expand and contract: a sync does not go past the highest version that a living pod runs on. The
 * version is announced to the gate first, so that no such pod starts any more; once every cache
 * knows it, a list that no cache answers says who is still there.
 */
final class ContractGuard {
  /** What the policies' caches get to see the announcement; 26 ms were measured. */
  private static final Duration CACHES = Duration.ofSeconds(5);

  /** Nothing tells when a pod that runs has gone. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(2);

  private static final int NAMED = 5;

  private ContractGuard() {}

  /**
   * What has to happen before the next Job.
   *
   * @param next what would be done if nobody had to leave
   * @return empty if that may be done
   */
  static Optional<RuleResult> before(ReconcileContext context, RuleResult next) {
    if (next.sync().isEmpty() || !moves(context)) {
      return Optional.empty();
    }
    var living = context.cluster().living();
    var since = TargetVersion.since(context);
    if (since == null || living == null) {
      return Optional.of(
          declared(context, context.cluster().workloads()) ? waiting(context) : asking(context));
    }
    if (declared(context, living) && !pause(context).isZero()) {
      return Optional.of(waiting(context));
    }
    var staying = living.stream().filter(pod -> !runsOn(context, pod)).toList();
    return staying.isEmpty() ? Optional.empty() : Optional.of(staying(context, staying));
  }

  /** Whether the sync goes to another version. */
  private static boolean moves(ReconcileContext context) {
    var present = Version.parse(context.recordedState().version());
    return present.isEmpty() || !present.equals(Version.parse(context.spec().version()));
  }

  private static boolean declared(ReconcileContext context, List<Workload> workloads) {
    return workloads.stream()
        .flatMap(workload -> needs(context, workload).requirements().stream())
        .anyMatch(requirement -> requirement.max() != null);
  }

  private static WorkloadRequirements needs(ReconcileContext context, Workload workload) {
    return workload.needs().of(context.cluster().resource().getMetadata().getName());
  }

  private static Duration pause(ReconcileContext context) {
    var since = TargetVersion.since(context);
    var left =
        since == null ? CACHES : CACHES.minus(Duration.between(since, context.cluster().now()));
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static RuleResult waiting(ReconcileContext context) {
    var left = pause(context);
    return left.isZero()
        ? asking(context)
        : announced(context, Announcement.MADE).lookingAgain(left);
  }

  private static RuleResult asking(ReconcileContext context) {
    return announced(context, Announcement.ASKING);
  }

  private static RuleResult announced(ReconcileContext context, Announcement how) {
    return RuleResult.reconciling(
            Reason.WaitingForWorkloads.name(),
            "version %s is announced, so that no pod starts any more that does not run on it; then it is asked which are still there"
                .formatted(context.spec().version()))
        .about(Step.SYNC)
        .announcing(how);
  }

  /** What cannot be read as a version may be lower. */
  private static boolean runsOn(ReconcileContext context, Workload pod) {
    var target = Version.parse(context.spec().version()).orElseThrow();
    return needs(context, pod).requirements().stream()
        .map(VersionRequirement::max)
        .filter(Objects::nonNull)
        .allMatch(max -> Version.parse(max).filter(v -> v.compareTo(target) >= 0).isPresent());
  }

  private static RuleResult staying(ReconcileContext context, List<Workload> pods) {
    var stuck =
        pods.stream()
            .filter(pod -> successorWaits(context, pod))
            .map(ContractGuard::title)
            .findFirst();
    var message =
        "the sync to %s waits for pods that do not run on it: %s"
            .formatted(context.spec().version(), named(context, pods));
    return stuck
        .map(
            workload ->
                RuleResult.stalled(
                    Reason.IncompatibleWorkloads.name(),
                    "%s. The new pods of %s wait for that version, and the old ones cannot have it: scale it to 0 and up again, or first deploy one that runs on both"
                        .formatted(message, workload)))
        .orElseGet(
            () ->
                RuleResult.reconciling(
                    Reason.WaitingForWorkloads.name(),
                    message + ". It goes on by itself when they are gone"))
        .about(Step.SYNC)
        .announcing(Announcement.MADE)
        .lookingAgain(ASK_AGAIN);
  }

  /** Whether the next revision of the same workload is held until the database has moved. */
  private static boolean successorWaits(ReconcileContext context, Workload pod) {
    var present = Version.parse(context.recordedState().version());
    return context.cluster().workloads().stream()
        .filter(workload -> workload.held() && title(workload).equals(title(pod)))
        .flatMap(workload -> needs(context, workload).requirements().stream())
        .flatMap(requirement -> Version.parse(requirement.min()).stream())
        .anyMatch(min -> present.isEmpty() || min.compareTo(present.get()) > 0);
  }

  private static String named(ReconcileContext context, List<Workload> pods) {
    var counted =
        pods.stream()
            .collect(
                Collectors.groupingBy(
                    pod -> title(pod) + " up to " + highest(context, pod), Collectors.counting()));
    var first =
        counted.entrySet().stream()
            .sorted(Comparator.comparing(entry -> entry.getKey()))
            .limit(NAMED)
            .map(e -> "%s (%d %s)".formatted(e.getKey(), e.getValue(), pods(e.getValue())))
            .collect(Collectors.joining(", "));
    return counted.size() > NAMED ? first + ", and others" : first;
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
