package dev.schemaversion.operator;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.desired.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What wakes a SchemaVersion up, beside itself: one watch for each kind. */
final class EventSources {
  private static final String BY_CONFIG_MAP = "config-map";
  private static final String GATED_PODS = "gated-pods";
  private static final String OURS = Labels.MANAGED_BY + "=" + Labels.OPERATOR;

  private EventSources() {}

  static List<EventSource<?, SchemaVersion>> of(EventSourceContext<SchemaVersion> context) {
    return List.of(
        labelled(context, Job.class, OURS, Labels.RESOURCE),
        labelled(context, Pod.class, OURS, Labels.RESOURCE),
        deployments(context),
        gatedPods(context),
        configMaps(context));
  }

  private static EventSource<Deployment, SchemaVersion> deployments(
      EventSourceContext<SchemaVersion> context) {
    return watched(
        context,
        Deployment.class,
        Names.REQUIRES,
        deployment -> Gate.ids(Deployments.needs(deployment), deployment));
  }

  /** Pods that are gated, or were until now: what else happens to a pod is no news here. */
  private static EventSource<Pod, SchemaVersion> gatedPods(
      EventSourceContext<SchemaVersion> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(Pod.class, SchemaVersion.class)
            .withName(GATED_PODS)
            .withLabelSelector(Names.REQUIRES)
            .withFieldSelector(WaitingPods.PENDING)
            .withItemStore(new WaitingPods())
            .withWatchAllNamespaces()
            .withSecondaryToPrimaryMapper(pod -> Gate.ids(Pods.needs(pod), pod))
            .withOnAddFilter(Pods::gated)
            .withOnUpdateFilter(
                (now, before) -> Pods.gated(now) || before == null || Pods.gated(before))
            .withOnDeleteFilter((pod, unknown) -> Pods.gated(pod))
            .build(),
        context);
  }

  private static <R extends HasMetadata> EventSource<R, SchemaVersion> labelled(
      EventSourceContext<SchemaVersion> context, Class<R> kind, String selector, String label) {
    return watched(context, kind, selector, named(label));
  }

  private static <R extends HasMetadata> EventSource<R, SchemaVersion> watched(
      EventSourceContext<SchemaVersion> context,
      Class<R> kind,
      String selector,
      SecondaryToPrimaryMapper<R> mapper) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(kind, SchemaVersion.class)
            .withLabelSelector(selector)
            .withWatchAllNamespaces()
            .withSecondaryToPrimaryMapper(mapper)
            .build(),
        context);
  }

  private static <R extends HasMetadata> SecondaryToPrimaryMapper<R> named(String label) {
    return object -> {
      var labels = object.getMetadata().getLabels();
      var name = labels == null ? null : labels.get(label);
      return name == null
          ? Set.of()
          : Set.of(new ResourceID(name, object.getMetadata().getNamespace()));
    };
  }

  private static EventSource<ConfigMap, SchemaVersion> configMaps(
      EventSourceContext<SchemaVersion> context) {
    var resources = context.getPrimaryCache();
    resources.addIndexer(
        BY_CONFIG_MAP, resource -> sources(resource).stream().map(EventSources::key).toList());
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(ConfigMap.class, SchemaVersion.class)
            .withWatchAllNamespaces()
            .withItemStore(new MigrationSources())
            .withSecondaryToPrimaryMapper(
                source ->
                    resources.byIndex(BY_CONFIG_MAP, key(ResourceID.fromResource(source))).stream()
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
            .withPrimaryToSecondaryMapper((SchemaVersion resource) -> Set.copyOf(sources(resource)))
            .build(),
        context);
  }

  /** The ConfigMaps that a resource names, in their order. */
  static List<ResourceID> sources(SchemaVersion resource) {
    var namespace = resource.getMetadata().getNamespace();
    return resource.getSpec().migrations().configMaps().stream()
        .map(source -> new ResourceID(source.name(), namespace))
        .toList();
  }

  private static String key(ResourceID id) {
    return id.getNamespace().orElse("") + "/" + id.getName();
  }
}
