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
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
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

/**
 * The common part of the controllers for Deployments and pods: event source, verdict, release, and
 * Events.
 */
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
   * Creates the event sources of required SchemaVersions. When the recorded version of a
   * SchemaVersion changes, the objects that require the SchemaVersion are reconciled. Each watched
   * namespace has its own event source, because a store serves one list: the SDK would give the
   * informers of several namespaces the same store, and each of them removes what its own list does
   * not have.
   */
  static <W extends HasMetadata> List<EventSource<?, W>> requiredSchemaVersions(
      EventSourceContext<W> context, Class<W> kind, Function<W, WorkloadRequirements> needs) {
    var objects = context.getPrimaryCache();
    objects.addIndexer(
        BY_REQUIRED, object -> required(object, needs).stream().map(Gate::key).toList());
    return context.getControllerConfiguration().getEffectiveNamespaces().stream()
        .<EventSource<?, W>>map(
            namespace ->
                new InformerEventSource<>(
                    requiredSchemaVersions(namespace, objects, kind, needs), context))
        .toList();
  }

  private static <W extends HasMetadata>
      InformerEventSourceConfiguration<SchemaVersion> requiredSchemaVersions(
          String namespace,
          IndexedResourceCache<W> objects,
          Class<W> kind,
          Function<W, WorkloadRequirements> needs) {
    return InformerEventSourceConfiguration.from(SchemaVersion.class, kind)
        .withName("required-schemaversions-" + namespace)
        .withNamespaces(namespace)
        .withItemStore(new RecordedVersionStore())
        .withInformerListLimit(EventSources.PAGE)
        .withOnUpdateFilter(Gate::recordedVersionChanged)
        .withSecondaryToPrimaryMapper(
            resource ->
                objects.byIndex(BY_REQUIRED, key(ResourceID.fromResource(resource))).stream()
                    .map(ResourceID::fromResource)
                    .collect(Collectors.toSet()))
        .withPrimaryToSecondaryMapper((W object) -> required(object, needs))
        .build();
  }

  private static boolean recordedVersionChanged(SchemaVersion now, SchemaVersion before) {
    return before == null || !RecordedVersion.in(now).equals(RecordedVersion.in(before));
  }

  /**
   * Returns the verdict on requirements by the recorded versions in the cache. A SchemaVersion that
   * does not exist satisfies no requirement.
   */
  Verdict verdict(WorkloadRequirements needs, Context<?> context) {
    var recorded =
        context
            .getSecondaryResourcesAsStream(SchemaVersion.class)
            .collect(
                Collectors.toMap(
                    resource -> resource.getMetadata().getName(), RecordedVersion::in));
    return Verdict.of(needs, name -> recorded.getOrDefault(name, RecordedVersion.NONE));
  }

  /** Emits an Event that says why an object is held. */
  void emitHeld(HasMetadata held, Verdict verdict) {
    events.emit(held, true, verdict.reason().name(), "held by the gate: " + verdict.message());
  }

  /**
   * Removes the hold by one merge patch of the version that was read.
   *
   * @param annotations the annotations to set; a null value removes one
   * @param spec the fields of the spec to set; a null value removes one
   * @param reason the Event's reason
   * @param outcome the beginning of the Event's note
   * @return whether the object is released; false if it has changed since it was read
   * @throws KubernetesClientException if the API server rejects the patch or does not answer
   */
  boolean release(
      HasMetadata held,
      Map<String, ?> annotations,
      Map<String, ?> spec,
      Reason reason,
      String outcome,
      Verdict verdict) {
    try {
      if (!patch(held, annotations, spec)) {
        return false;
      }
    } catch (KubernetesClientException e) {
      if (ApiRejection.is(e)) {
        // The object is unchanged, so no event will come. The thrown exception triggers a retry.
        events.emit(
            held,
            true,
            Reason.ReleaseRefused.name(),
            "the requirements are satisfied, but the API server rejects the release; the operator retries: "
                + e.getMessage());
      }
      throw e;
    }
    var metadataOfHeld = held.getMetadata();
    LOG.infof(
        "released %s %s/%s: %s",
        held.getKind(), metadataOfHeld.getNamespace(), metadataOfHeld.getName(), verdict.message());
    events.emit(held, false, reason.name(), outcome + ": " + verdict.message());
    return true;
  }

  /**
   * Changes annotations and fields of the spec by one merge patch of the version that was read. A
   * null value removes one.
   *
   * @return false if the object has changed since it was read, or is gone
   * @throws KubernetesClientException if the API server rejects the patch or does not answer
   */
  boolean patch(HasMetadata object, Map<String, ?> annotations, Map<String, ?> spec) {
    var metadata = new HashMap<String, Object>();
    metadata.put("resourceVersion", object.getMetadata().getResourceVersion());
    if (!annotations.isEmpty()) {
      metadata.put("annotations", annotations);
    }
    var merge = Map.of("metadata", metadata, "spec", spec);
    try {
      client
          .resource(object)
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              client.getKubernetesSerialization().asJson(merge));
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
          || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        // The cache lags. The pending event triggers another reconciliation.
        return false;
      }
      throw e;
    }
  }

  private static <W extends HasMetadata> Set<ResourceID> required(
      W object, Function<W, WorkloadRequirements> needs) {
    return ids(needs.apply(object), object);
  }

  /** Returns the SchemaVersions that an object requires, as far as the requirements are valid. */
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
