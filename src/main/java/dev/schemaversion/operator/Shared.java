package dev.schemaversion.operator;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.decide.Sharing;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Who shares a database with whom, found by an index of the cache. */
final class Shared {
  private static final String BY_DATABASE = "database";

  private final IndexedResourceCache<SchemaVersion> resources;
  private final SimpleInboundEventSource<SchemaVersion> events =
      new SimpleInboundEventSource<>("sharing");

  Shared(EventSourceContext<SchemaVersion> context) {
    context.getPrimaryCache().addIndexer(BY_DATABASE, Sharing::keys);
    this.resources = context.getPrimaryCache();
  }

  SimpleInboundEventSource<SchemaVersion> events() {
    return events;
  }

  /** The others that are about the same database. */
  static List<SchemaVersion> with(
      SchemaVersion resource, IndexedResourceCache<SchemaVersion> resources) {
    return Sharing.keys(resource).stream()
        .flatMap(key -> resources.byIndex(BY_DATABASE, key).stream())
        .filter(other -> !uid(other).equals(uid(resource)))
        .collect(Collectors.toMap(Shared::uid, other -> other, (one, same) -> one))
        .values()
        .stream()
        .sorted(Comparator.comparing(Shared::uid))
        .toList();
  }

  /** Something is new about this one: what the others do may depend on it. */
  void tell(SchemaVersion resource) {
    with(resource, resources)
        .forEach(other -> events.propagateEvent(ResourceID.fromResource(other)));
  }

  private static String uid(HasMetadata resource) {
    return Objects.requireNonNullElse(resource.getMetadata().getUid(), "");
  }
}
