package dev.schemaversion.operator.watch;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.AnyNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.health.Status;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Triggers the reconciliation of SchemaVersions when a ConfigMap that they reference has changed.
 * The event source watches the metadata of ConfigMaps in the controller's namespaces from its start
 * on, and neither lists nor caches them. {@link MigrationSources} reads the referenced ones by
 * name.
 */
public final class ConfigMapEventSource extends AbstractEventSource<ConfigMap, SchemaVersion> {
  private static final Logger LOG = Logger.getLogger(ConfigMapEventSource.class);
  private static final String BY_CONFIG_MAP = "config-map";
  private static final long RETRY_SECONDS = 5;

  private final KubernetesClient client;
  private final MigrationSources sources;
  private final IndexerResourceCache<SchemaVersion> resources;
  private final Executor connecting = Executors.newVirtualThreadPerTaskExecutor();
  private final List<NamespaceWatch> watches;

  /** Creates an event source that is not connected yet. */
  public ConfigMapEventSource(EventSourceContext<SchemaVersion> context, MigrationSources sources) {
    super(ConfigMap.class, "config-maps");
    this.client = context.getClient();
    this.sources = sources;
    this.resources = context.getPrimaryCache();
    this.watches =
        context.getControllerConfiguration().getEffectiveNamespaces().stream()
            .map(NamespaceWatch::new)
            .toList();
    resources.addIndexer(
        BY_CONFIG_MAP,
        resource -> references(resource).stream().map(ConfigMapEventSource::key).toList());
  }

  /** Returns the ConfigMaps that a resource references, in their order. */
  public static List<ResourceID> references(SchemaVersion resource) {
    var namespace = resource.getMetadata().getNamespace();
    var spec = resource.getSpec();
    return spec == null || spec.migrations() == null
        ? List.of()
        : spec.migrations().configMaps().stream()
            .filter(source -> source != null && source.name() != null)
            .map(source -> new ResourceID(source.name(), namespace))
            .toList();
  }

  @Override
  public Set<ConfigMap> getSecondaryResources(SchemaVersion resource) {
    return Set.of();
  }

  @Override
  public void start() {
    super.start();
    watches.forEach(NamespaceWatch::connect);
  }

  @Override
  public void stop() {
    super.stop();
    watches.forEach(NamespaceWatch::close);
  }

  /** Reports whether every watch is connected. */
  @Override
  public Status getStatus() {
    return watches.stream().allMatch(NamespaceWatch::connected) ? Status.HEALTHY : Status.UNHEALTHY;
  }

  private static ListOptions from(String version) {
    return new ListOptionsBuilder().withResourceVersion(version).build();
  }

  private void requeue(SchemaVersion resource) {
    getEventHandler().handleEvent(new Event(ResourceID.fromResource(resource)));
  }

  private static String key(ResourceID id) {
    return id.getNamespace().orElse("") + "/" + id.getName();
  }

  /**
   * Watches one namespace, or all. The client reconnects by itself, and calls onClose if it cannot
   * resume.
   */
  private final class NamespaceWatch implements Watcher<ConfigMap> {
    private final String namespace;
    private volatile Watch watch;

    NamespaceWatch(String namespace) {
      this.namespace = namespace;
    }

    boolean connected() {
      return watch != null;
    }

    void connect() {
      if (!isRunning()) {
        return;
      }
      try {
        // A list of one object returns the resourceVersion to watch from. Later reads by name
        // return at least that version.
        var options = new ListOptionsBuilder().withLimit(1L).build();
        var version = configMaps().list(options).getMetadata().getResourceVersion();
        sources.clear();
        watch = configMaps().watch(from(version), this);
        resources
            .list(resource -> watches(resource) && !references(resource).isEmpty())
            .forEach(ConfigMapEventSource.this::requeue);
      } catch (KubernetesClientException e) {
        LOG.warnf("cannot watch ConfigMaps, retrying: %s", e.getMessage());
        reconnect();
      }
    }

    void close() {
      var current = watch;
      if (current != null) {
        current.close();
      }
    }

    private void reconnect() {
      watch = null;
      CompletableFuture.delayedExecutor(RETRY_SECONDS, TimeUnit.SECONDS, connecting)
          .execute(this::connect);
    }

    private boolean everywhere() {
      return namespace.equals(Constants.WATCH_ALL_NAMESPACES);
    }

    private boolean watches(SchemaVersion resource) {
      return everywhere() || namespace.equals(resource.getMetadata().getNamespace());
    }

    private AnyNamespaceOperation<ConfigMap, ConfigMapList, Resource<ConfigMap>> configMaps() {
      return everywhere()
          ? client.configMaps().inAnyNamespace()
          : client.configMaps().inNamespace(namespace);
    }

    @Override
    public void eventReceived(Action action, ConfigMap changed) {
      var metadata = changed.getMetadata();
      var id = ResourceID.fromResource(changed);
      var version = action == Action.DELETED ? null : metadata.getResourceVersion();
      var referencing = resources.byIndex(BY_CONFIG_MAP, key(id));
      if (sources.invalidateIfChanged(id, version)) {
        referencing.forEach(ConfigMapEventSource.this::requeue);
      }
    }

    @Override
    public boolean reconnecting() {
      return true;
    }

    @Override
    public void onClose(WatcherException cause) {
      LOG.infof("the watch of ConfigMaps was closed and is started again: %s", cause.getMessage());
      reconnect();
    }
  }
}
