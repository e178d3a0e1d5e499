package dev.schemaversion.operator.watch;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.desired.Labels;
import dev.schemaversion.operator.gate.Deployments;
import dev.schemaversion.operator.gate.Gate;
import dev.schemaversion.operator.gate.Pods;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.FieldSelector;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Set;

/** Creates the event sources that trigger the reconciliation of a SchemaVersion. */
public final class EventSources {
  private static final String GATED_PODS = "gated-pods";
  private static final String OURS = Labels.MANAGED_BY + "=" + Labels.OPERATOR;

  private EventSources() {}

  /**
   * The number of objects in a page of a list. An object can have 1.5 MB, and the API server ends
   * an answer that takes it longer than a minute.
   */
  public static final long PAGE = 50;

  public static final String PHASE = "status.phase";
  public static final String WAITING = "Pending";

  /** A gated pod is Pending. Pods in other phases are not watched. */
  private static final FieldSelector PENDING =
      new FieldSelector(new FieldSelector.Field(PHASE, WAITING));

  /** Returns the event source of the operator's Jobs. */
  public static InformerEventSource<Job, SchemaVersion> jobs(
      EventSourceContext<SchemaVersion> context) {
    return labelled(context, Job.class, OURS, Labels.RESOURCE);
  }

  /** Returns all event sources, with that of the Jobs. */
  public static List<EventSource<?, SchemaVersion>> of(
      EventSourceContext<SchemaVersion> context,
      InformerEventSource<Job, SchemaVersion> jobs,
      MigrationSources migrations) {
    return List.of(
        jobs,
        labelled(context, Pod.class, OURS, Labels.RESOURCE),
        deployments(context),
        gatedPods(context),
        new ConfigMapEventSource(context, migrations));
  }

  private static EventSource<Deployment, SchemaVersion> deployments(
      EventSourceContext<SchemaVersion> context) {
    return watched(
        context,
        Deployment.class,
        Names.REQUIRES,
        deployment -> Gate.ids(Deployments.needs(deployment), deployment));
  }

  /** Filters for pods that are gated, or were until now. Other changes of pods are irrelevant. */
  private static EventSource<Pod, SchemaVersion> gatedPods(
      EventSourceContext<SchemaVersion> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(Pod.class, SchemaVersion.class)
            .withName(GATED_PODS)
            .withLabelSelector(Names.REQUIRES)
            .withFieldSelector(PENDING)
            .withInformerListLimit(PAGE)
            .withNamespacesInheritedFromController()
            .withSecondaryToPrimaryMapper(pod -> Gate.ids(Pods.needs(pod), pod))
            .withOnAddFilter(Pods::gated)
            .withOnUpdateFilter(
                (now, before) -> Pods.gated(now) || before == null || Pods.gated(before))
            .withOnDeleteFilter((pod, unknown) -> Pods.gated(pod))
            .build(),
        context);
  }

  private static <R extends HasMetadata> InformerEventSource<R, SchemaVersion> labelled(
      EventSourceContext<SchemaVersion> context, Class<R> kind, String selector, String label) {
    return watched(context, kind, selector, primaryOf(label));
  }

  private static <R extends HasMetadata> InformerEventSource<R, SchemaVersion> watched(
      EventSourceContext<SchemaVersion> context,
      Class<R> kind,
      String selector,
      SecondaryToPrimaryMapper<R> mapper) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(kind, SchemaVersion.class)
            .withLabelSelector(selector)
            .withInformerListLimit(PAGE)
            .withNamespacesInheritedFromController()
            .withSecondaryToPrimaryMapper(mapper)
            .build(),
        context);
  }

  private static <R extends HasMetadata> SecondaryToPrimaryMapper<R> primaryOf(String label) {
    return object -> {
      var labels = object.getMetadata().getLabels();
      var name = labels == null ? null : labels.get(label);
      return name == null
          ? Set.of()
          : Set.of(new ResourceID(name, object.getMetadata().getNamespace()));
    };
  }
}
