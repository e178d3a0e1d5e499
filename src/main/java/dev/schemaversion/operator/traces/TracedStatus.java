package dev.schemaversion.operator.traces;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.decide.ObservedJob;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a new status says about the time that a reconciliation took: each Job that it records is a
 * span with the start of its pod and the run inside, and the change to Ready or Stalled ends the
 * span of the whole reconciliation.
 *
 * @param resource the resource with its status before
 * @param after the new status
 * @param jobs the Jobs of the resource
 * @param now when the status is recorded
 */
record TracedStatus(
    SchemaVersion resource, SchemaVersionStatus after, List<ObservedJob> jobs, Instant now) {
  private static final String RECONCILE = "reconcile";

  /** Returns the spans that end with this status. */
  List<TracedSpan> spans() {
    var spans = new ArrayList<TracedSpan>();
    var known = operations(resource.getStatus()).map(Operation::job).collect(Collectors.toSet());
    operations(after)
        .filter(operation -> !known.contains(operation.job()))
        .forEach(operation -> job(operation).ifPresent(spans::addAll));
    reconciliation().ifPresent(spans::add);
    return spans;
  }

  private Optional<List<TracedSpan>> job(Operation operation) {
    return jobs.stream()
        .filter(job -> job.name().equals(operation.job()))
        .findFirst()
        .map(job -> job(operation, job));
  }

  private List<TracedSpan> job(Operation operation, ObservedJob job) {
    var spans = new ArrayList<TracedSpan>();
    var name = operation.step();
    spans.add(
        span(
            name,
            null,
            job.created(),
            now,
            attributes(operation),
            Outcome.SUCCEEDED.reason().equals(operation.reason()) ? null : operation.message()));
    if (job.startedAt() != null) {
      var finished = Objects.requireNonNullElse(job.finishedAt(), now);
      spans.add(span("pod start", name, job.created(), job.startedAt(), Map.of(), null));
      spans.add(span("run", name, job.startedAt(), finished, Map.of(), null));
    }
    return spans;
  }

  private Map<String, String> attributes(Operation operation) {
    var attributes = new TreeMap<>(resourceAttributes());
    attributes.put("k8s.job.name", operation.job());
    attributes.put("schemaversion.attempt", String.valueOf(operation.attempt()));
    attributes.put("schemaversion.reason", operation.reason());
    if (operation.version() != null) {
      attributes.put("schemaversion.version", operation.version());
    }
    if (operation.migrations() != null) {
      attributes.put("schemaversion.migrations", String.valueOf(operation.migrations()));
    }
    return attributes;
  }

  private Map<String, String> resourceAttributes() {
    return Map.of(
        "k8s.namespace.name", resource.getMetadata().getNamespace(),
        "schemaversion.name", resource.getMetadata().getName());
  }

  /** It began when the condition Reconciling became true. */
  private Optional<TracedSpan> reconciliation() {
    var stalled = became(ConditionType.Stalled);
    if (stalled.isEmpty() && became(ConditionType.Ready).isEmpty()) {
      return Optional.empty();
    }
    return condition(resource.getStatus(), ConditionType.Reconciling)
        .filter(condition -> condition.getStatus().equals("True"))
        .map(
            condition ->
                new TracedSpan(
                    RECONCILE,
                    true,
                    null,
                    Instant.parse(condition.getLastTransitionTime()),
                    now,
                    resourceAttributes(),
                    stalled.map(Condition::getMessage).orElse(null)));
  }

  /** Returns a condition that is true now and was not before. */
  private Optional<Condition> became(ConditionType type) {
    boolean was =
        condition(resource.getStatus(), type).filter(c -> c.getStatus().equals("True")).isPresent();
    return condition(after, type).filter(c -> !was && c.getStatus().equals("True"));
  }

  private static Optional<Condition> condition(SchemaVersionStatus status, ConditionType type) {
    return status == null || status.conditions() == null
        ? Optional.empty()
        : status.conditions().stream().filter(c -> c.getType().equals(type.name())).findFirst();
  }

  private static Stream<Operation> operations(SchemaVersionStatus status) {
    return status == null || status.history() == null ? Stream.empty() : status.history().stream();
  }

  /** Clocks differ, and some times have whole seconds only: no span ends before it begins. */
  private static TracedSpan span(
      String name,
      String parent,
      Instant start,
      Instant end,
      Map<String, String> attributes,
      String failure) {
    return new TracedSpan(
        name, false, parent, start, end.isBefore(start) ? start : end, attributes, failure);
  }
}
