package dev.schemaversion.operator.watch;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
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
 * An event source that notifies SchemaVersions when a ConfigMap that they name has changed. It
 * watches the metadata of ConfigMaps from now on, lists none, and keeps none: what was there before
 * is read by name, see {@link MigrationSources}.
 */
public final class ConfigMapEventSource extends AbstractEventSource<ConfigMap, SchemaVersion> {
  private static final Logger LOG = Logger.getLogger(ConfigMapEventSource.class);
  private static final String BY_CONFIG_MAP = "config-map";
  private static final long RETRY_SECONDS = 5;

  private final KubernetesClient client;
  private final MigrationSources sources;
  private final IndexerResourceCache<SchemaVersion> resources;
  private final Executor connecting = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Watch watch;

  /** An event source for these resources. */
  public ConfigMapEventSource(EventSourceContext<SchemaVersion> context, MigrationSources sources) {
    super(ConfigMap.class, "config-maps");
    this.client = context.getClient();
    this.sources = sources;
    this.resources = context.getPrimaryCache();
    resources.addIndexer(
        BY_CONFIG_MAP,
        resource -> named(resource).stream().map(ConfigMapEventSource::key).toList());
  }

  /** The ConfigMaps that a resource names, in their order. */
  public static List<ResourceID> named(SchemaVersion resource) {
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
    connect();
  }

  @Override
  public void stop() {
    super.stop();
    var current = watch;
    if (current != null) {
      current.close();
    }
  }

  /** Whether changes are noticed at present. */
  @Override
  public Status getStatus() {
    return watch == null ? Status.UNHEALTHY : Status.HEALTHY;
  }

  private void connect() {
    if (!isRunning()) {
      return;
    }
    try {
      // The list of one says from which version on to watch; what is read later is at least as new.
      var options = new ListOptionsBuilder().withLimit(1L).build();
      var version =
          client.configMaps().inAnyNamespace().list(options).getMetadata().getResourceVersion();
      sources.forget();
      watch = client.configMaps().inAnyNamespace().watch(from(version), new Changes());
      resources.list(resource -> !named(resource).isEmpty()).forEach(this::notifyOf);
    } catch (KubernetesClientException e) {
      LOG.warnf("ConfigMaps cannot be watched, which is retried: %s", e.getMessage());
      reconnect();
    }
  }

  private void reconnect() {
    watch = null;
    CompletableFuture.delayedExecutor(RETRY_SECONDS, TimeUnit.SECONDS, connecting)
        .execute(this::connect);
  }

  private static ListOptions from(String version) {
    return new ListOptionsBuilder().withResourceVersion(version).build();
  }

  private void notifyOf(SchemaVersion resource) {
    getEventHandler().handleEvent(new Event(ResourceID.fromResource(resource)));
  }

  private static String key(ResourceID id) {
    return id.getNamespace().orElse("") + "/" + id.getName();
  }

  /** The client reconnects by itself; it calls onClose only when it cannot resume. */
  private final class Changes implements Watcher<ConfigMap> {
    @Override
    public void eventReceived(Action action, ConfigMap changed) {
      var metadata = changed.getMetadata();
      var id = ResourceID.fromResource(changed);
      var version = action == Action.DELETED ? null : metadata.getResourceVersion();
      var naming = resources.byIndex(BY_CONFIG_MAP, key(id));
      if (sources.changed(id, version)) {
        naming.forEach(ConfigMapEventSource.this::notifyOf);
      }
    }

    @Override
    public boolean reconnecting() {
      return true;
    }

    @Override
    public void onClose(WatcherException cause) {
      LOG.infof("The watch of ConfigMaps begins anew: %s", cause.getMessage());
      reconnect();
    }
  }
}
