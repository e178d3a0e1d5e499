package dev.schemaversion.operator.gate;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.decide.gate.RecordedVersion;
import dev.schemaversion.decide.gate.Verdict;
import dev.schemaversion.decide.gate.WorkloadRequirements;
import dev.schemaversion.operator.reconcile.ApiRejection;
import dev.schemaversion.operator.reconcile.Events;
import dev.schemaversion.operator.watch.EventSources;
import dev.schemaversion.operator.watch.RecordedVersionStore;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** What is the same for all that is held: what wakes it, the verdict, the release, what is told. */
@ApplicationScoped
public class Gate {
  private static final Logger LOG = Logger.getLogger(Gate.class);
  private static final String BY_REQUIRED = "required";

  private final KubernetesClient client;
  private final Events events;

  public Gate(KubernetesClient client, Events events) {
    this.client = client;
    this.events = events;
  }

  /**
   * The SchemaVersions that objects need: each wakes those that name it, when it says otherwise.
   */
  static <W extends HasMetadata> List<EventSource<?, W>> recorded(
      EventSourceContext<W> context, Class<W> kind, Function<W, WorkloadRequirements> needs) {
    var objects = context.getPrimaryCache();
    objects.addIndexer(
        BY_REQUIRED, object -> required(object, needs).stream().map(Gate::key).toList());
    var configuration =
        InformerEventSourceConfiguration.from(SchemaVersion.class, kind)
            .withWatchAllNamespaces()
            .withItemStore(new RecordedVersionStore())
            .withInformerListLimit(EventSources.PAGE)
            .withOnUpdateFilter(Gate::saysOtherwise)
            .withSecondaryToPrimaryMapper(
                resource ->
                    objects.byIndex(BY_REQUIRED, key(ResourceID.fromResource(resource))).stream()
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
            .withPrimaryToSecondaryMapper((W object) -> required(object, needs))
            .build();
    return List.of(new InformerEventSource<>(configuration, context));
  }

  private static boolean saysOtherwise(SchemaVersion now, SchemaVersion before) {
    return before == null || !RecordedVersion.in(now).equals(RecordedVersion.in(before));
  }

  /** Judges by the versions in the cache; a resource that is not there satisfies nobody. */
  Verdict judge(WorkloadRequirements needs, Context<?> context) {
    var recorded =
        context
            .getSecondaryResourcesAsStream(SchemaVersion.class)
            .collect(
                Collectors.toMap(
                    resource -> resource.getMetadata().getName(), RecordedVersion::in));
    return Verdict.of(needs, name -> recorded.getOrDefault(name, RecordedVersion.NONE));
  }

  /** Tells on a held object why it waits. */
  void tellHeld(HasMetadata held, Verdict verdict) {
    events.record(held, true, verdict.reason().name(), "held by the gate: " + verdict.message());
  }

  /**
   * Takes the hold off, by one merge patch of the object that was judged.
   *
   * @param annotations what becomes of its annotations; null takes one out
   * @param spec what becomes of its spec; null takes a field out
   * @param reason the Event's reason
   * @param what the beginning of its sentence
   * @return whether it is released; not if it has changed since it was judged
   */
  boolean release(
      HasMetadata held,
      Map<String, ?> annotations,
      Map<String, ?> spec,
      Reason reason,
      String what,
      Verdict verdict) {
    var metadata = new HashMap<String, Object>();
    metadata.put("resourceVersion", held.getMetadata().getResourceVersion());
    if (!annotations.isEmpty()) {
      metadata.put("annotations", annotations);
    }
    var merge = Map.of("metadata", metadata, "spec", spec);
    try {
      client
          .resource(held)
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              client.getKubernetesSerialization().asJson(merge));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
          || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        // Judged from a cache that lags: the event that brings it up to date judges again.
        return false;
      }
      if (ApiRejection.is(e)) {
        // The object is as it was judged, so no event will come: it is tried again, and told.
        events.record(
            held,
            true,
            Reason.ReleaseRefused.name(),
            "it may start, but the API server refuses the release, which is tried again: "
                + e.getMessage());
      }
      throw e;
    }
    var metadataOfHeld = held.getMetadata();
    LOG.infof(
        "released %s %s/%s: %s",
        held.getKind(), metadataOfHeld.getNamespace(), metadataOfHeld.getName(), verdict.message());
    events.record(held, false, reason.name(), what + ": " + verdict.message());
    return true;
  }

  private static <W extends HasMetadata> Set<ResourceID> required(
      W object, Function<W, WorkloadRequirements> needs) {
    return ids(needs.apply(object), object);
  }

  /** The SchemaVersions that an object needs, as far as they can be read. */
  public static Set<ResourceID> ids(WorkloadRequirements needs, HasMetadata object) {
    var namespace = object.getMetadata().getNamespace();
    return needs.names().stream()
        .map(name -> new ResourceID(name, namespace))
        .collect(Collectors.toSet());
  }

  private static String key(ResourceID id) {
    return id.getNamespace().orElse("") + "/" + id.getName();
  }
}
