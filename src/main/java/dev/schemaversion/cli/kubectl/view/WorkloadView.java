package dev.schemaversion.cli.kubectl.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.HeldWorkload;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A workload that requires a resource.
 *
 * @param kind its kind
 * @param name its name
 * @param needs the versions that it requires, such as {@code 13-15}; null if it names none
 * @param ready ready pods of all, such as {@code 2/3}; null if that was not read
 * @param verdict why the gate holds it; null if it does not
 * @param since since when it is held
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkloadView(
    String kind, String name, String needs, String ready, String verdict, String since) {

  /** Returns the held workloads first, then the others, each by kind and name. */
  static List<WorkloadView> of(
      String resource, List<HeldWorkload> held, List<? extends HasMetadata> labelled) {
    var views = new ArrayList<WorkloadView>();
    for (var workload : held) {
      var object =
          labelled.stream()
              .filter(each -> each.getKind().equals(workload.kind()))
              .filter(each -> each.getMetadata().getName().equals(workload.name()))
              .findFirst();
      views.add(
          new WorkloadView(
              workload.kind(),
              workload.name(),
              workload.needs(),
              object.map(WorkloadView::ready).orElse(null),
              workload.verdict(),
              workload.since()));
    }
    labelled.stream()
        .flatMap(object -> released(object, resource).stream())
        .filter(view -> views.stream().noneMatch(other -> other.isSame(view)))
        .sorted(Comparator.comparing(WorkloadView::kind).thenComparing(WorkloadView::name))
        .toList()
        .forEach(views::add);
    return views;
  }

  /** Returns what a held workload waits for. */
  public String waitsFor(String resource) {
    return switch (verdict) {
      case "VersionTooLow" -> "waits until %s is higher (VersionTooLow)".formatted(resource);
      case "VersionTooHigh" ->
          "%s is too high; deploy a newer release (VersionTooHigh)".formatted(resource);
      case "VersionUnknown" ->
          "waits until the version of %s is proven (VersionUnknown)".formatted(resource);
      default -> verdict;
    };
  }

  private boolean isSame(WorkloadView other) {
    return kind.equals(other.kind) && name.equals(other.name);
  }

  private static Optional<WorkloadView> released(HasMetadata object, String resource) {
    return needs(object, resource)
        .map(
            needs ->
                new WorkloadView(
                    object.getKind(),
                    object.getMetadata().getName(),
                    needs.isEmpty() ? null : needs,
                    ready(object),
                    null,
                    null));
  }

  /** Returns what it requires of the resource; empty if it does not require the resource. */
  private static Optional<String> needs(HasMetadata object, String resource) {
    var annotations =
        Objects.requireNonNullElse(
            template(object).getMetadata().getAnnotations(), Map.<String, String>of());
    if (resource.equals(object.getMetadata().getLabels().get(Names.REQUIRES))) {
      var min = annotations.getOrDefault(Names.MIN_VERSION, "");
      var max = annotations.get(Names.MAX_VERSION);
      return Optional.of(max == null ? min : min + "-" + max);
    }
    var prefix = resource + "=";
    return Arrays.stream(annotations.getOrDefault(Names.REQUIREMENTS, "").split(",", -1))
        .map(String::strip)
        .filter(entry -> entry.startsWith(prefix))
        .map(entry -> entry.substring(prefix.length()))
        .findFirst();
  }

  private static PodTemplateSpec template(HasMetadata object) {
    return switch (object) {
      case Deployment deployment -> deployment.getSpec().getTemplate();
      case StatefulSet set -> set.getSpec().getTemplate();
      case DaemonSet set -> set.getSpec().getTemplate();
      default -> throw new IllegalArgumentException("not a workload: " + object.getKind());
    };
  }

  private static String ready(HasMetadata object) {
    return switch (object) {
      case Deployment deployment ->
          ratio(
              deployment.getStatus() == null ? null : deployment.getStatus().getReadyReplicas(),
              deployment.getSpec().getReplicas());
      case StatefulSet set ->
          ratio(
              set.getStatus() == null ? null : set.getStatus().getReadyReplicas(),
              set.getSpec().getReplicas());
      case DaemonSet set ->
          set.getStatus() == null
              ? "0/0"
              : ratio(
                  set.getStatus().getNumberReady(), set.getStatus().getDesiredNumberScheduled());
      default -> throw new IllegalArgumentException("not a workload: " + object.getKind());
    };
  }

  private static String ratio(Integer ready, Integer all) {
    return Objects.requireNonNullElse(ready, 0) + "/" + Objects.requireNonNullElse(all, 1);
  }
}
