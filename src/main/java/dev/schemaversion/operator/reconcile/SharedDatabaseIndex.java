package dev.schemaversion.operator.reconcile;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.decide.rule.SharedDatabases;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Indexes SchemaVersions by database, and notifies those that share one of changes. */
final class SharedDatabaseIndex {
  private static final String BY_DATABASE = "database";

  private final IndexedResourceCache<SchemaVersion> resources;
  private final SimpleInboundEventSource<SchemaVersion> events =
      new SimpleInboundEventSource<>("shared-database");

  SharedDatabaseIndex(EventSourceContext<SchemaVersion> context) {
    context.getPrimaryCache().addIndexer(BY_DATABASE, SharedDatabases::keys);
    this.resources = context.getPrimaryCache();
  }

  SimpleInboundEventSource<SchemaVersion> events() {
    return events;
  }

  /** Returns the oldest other SchemaVersions of the same database. */
  static List<SchemaVersion> sharing(
      SchemaVersion resource, IndexedResourceCache<SchemaVersion> resources) {
    return others(resource, resources)
        .sorted(SharedDatabases.OLDEST_FIRST)
        .distinct()
        .limit(SharedDatabases.MAX_CONSIDERED)
        .toList();
  }

  /**
   * Requeues the resources that depend on a changed one. A younger resource depends on the oldest
   * alone, so a change of the oldest requeues all others, and any other change requeues the oldest.
   */
  void notifyOthers(SchemaVersion resource) {
    var oldest = others(resource, resources).min(SharedDatabases.OLDEST_FIRST);
    if (oldest.isEmpty()) {
      return;
    }
    boolean isOldest = SharedDatabases.OLDEST_FIRST.compare(resource, oldest.get()) < 0;
    (isOldest ? others(resource, resources) : Stream.of(oldest.get()))
        .forEach(other -> events.propagateEvent(ResourceID.fromResource(other)));
  }

  private static Stream<SchemaVersion> others(
      SchemaVersion resource, IndexedResourceCache<SchemaVersion> resources) {
    return SharedDatabases.keys(resource).stream()
        .flatMap(key -> resources.byIndex(BY_DATABASE, key).stream())
        .filter(other -> !uid(other).equals(uid(resource)));
  }

  private static String uid(HasMetadata resource) {
    return Objects.requireNonNullElse(resource.getMetadata().getUid(), "");
  }
}
