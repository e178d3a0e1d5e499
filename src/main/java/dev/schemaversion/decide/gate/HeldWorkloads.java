package dev.schemaversion.decide.gate;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.HeldWorkload;
import dev.schemaversion.decide.ClusterState;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists the workloads that the gate holds: one entry for each workload, not for each pod. */
public final class HeldWorkloads {
  /** The most workloads that a status lists; {@code status.held} counts all of them. */
  public static final int LISTED = 50;

  private static final Comparator<Id> BY_KIND_AND_NAME =
      Comparator.comparing(Id::kind).thenComparing(Id::name);

  private record Id(String kind, String name) {}

  /** A held workload, and why this resource holds it. */
  private record Wait(Workload workload, WorkloadRequirements needs, Verdict verdict) {}

  private HeldWorkloads() {}

  /** Returns all held workloads by kind and name, with the time since when each is held. */
  public static List<HeldWorkload> of(
      ClusterState cluster, RecordedVersion recorded, SchemaVersionStatus before) {
    var name = cluster.resource().getMetadata().getName();
    var now = cluster.now().truncatedTo(ChronoUnit.SECONDS).toString();
    var waits =
        cluster.workloads().stream()
            .filter(workload -> workload.held() && workload.needs().names().contains(name))
            .flatMap(workload -> wait(workload, name, recorded).stream())
            .collect(
                Collectors.groupingBy(
                    wait -> new Id(wait.workload().kind(), wait.workload().name()),
                    () -> new TreeMap<>(BY_KIND_AND_NAME),
                    Collectors.toList()));
    return waits.entrySet().stream()
        .map(
            entry -> {
              var wait = worst(entry.getValue());
              return new HeldWorkload(
                  entry.getKey().kind(),
                  entry.getKey().name(),
                  range(wait),
                  wait.verdict().reason().name(),
                  since(entry.getKey(), before).orElse(now));
            })
        .toList();
  }

  /** Returns empty for a workload that only other resources hold. */
  private static Optional<Wait> wait(Workload workload, String name, RecordedVersion recorded) {
    var needs = workload.needs().of(name);
    var verdict = Verdict.of(needs, any -> recorded);
    boolean othersHoldIt = verdict.satisfied() && workload.needs().names().size() > 1;
    return othersHoldIt ? Optional.empty() : Optional.of(new Wait(workload, needs, verdict));
  }

  /** Returns an unsatisfied one first: pods of two revisions may require different versions. */
  private static Wait worst(List<Wait> waits) {
    return waits.stream()
        .min(
            Comparator.comparing((Wait wait) -> wait.verdict().satisfied())
                .thenComparing(wait -> String.valueOf(range(wait))))
        .orElseThrow();
  }

  private static String range(Wait wait) {
    var ranges =
        wait.needs().requirements().stream()
            .map(VersionRequirement::range)
            .filter(Objects::nonNull);
    var text = ranges.distinct().collect(Collectors.joining(", "));
    return text.isEmpty() ? null : Verdict.shortened(text);
  }

  private static Optional<String> since(Id id, SchemaVersionStatus before) {
    return listed(before)
        .filter(held -> held.kind().equals(id.kind()) && held.name().equals(id.name()))
        .map(HeldWorkload::since)
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static Stream<HeldWorkload> listed(SchemaVersionStatus status) {
    return Objects.requireNonNullElse(status.workloads(), List.<HeldWorkload>of()).stream();
  }
}
