package dev.schemaversion.e2e.bench.timeline;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Watches a namespace and records when its objects reach which {@link States}. Timestamps in the
 * API have seconds; these are the milliseconds in which the watch delivered the change.
 */
public final class Recorder implements AutoCloseable {
  /** The container of the program runs. */
  public static final String PROGRAM_RUNS = "program runs";

  /** The operator says that it is done. */
  public static final String READY = "SchemaVersion: Ready";

  /** What the moments that end a measurement begin with. */
  static final String FAILED = "failed: ";

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private static final ResourceDefinitionContext SCHEMA_VERSION =
      new ResourceDefinitionContext.Builder()
          .withGroup("schemaversion.dev")
          .withVersion("v1alpha1")
          .withKind("SchemaVersion")
          .withPlural("schemaversions")
          .withNamespaced(true)
          .build();

  private final KubernetesClient client;
  private final String namespace;
  private final List<Watch> watches = new ArrayList<>();
  private final Map<String, Set<String>> states = new HashMap<>();
  private final Map<String, Moment> moments = new LinkedHashMap<>();
  private final Map<String, CompletableFuture<List<Moment>>> logs = new HashMap<>();
  private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
  private Instant startedAt;
  private long start;
  private int pods;
  private String failure;

  /** Begins to watch. Nothing is recorded before {@link #start}. */
  public Recorder(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    watch(client.batch().v1().jobs());
    watch(client.pods());
    watch(client.apps().deployments());
    watch(schemaVersions(client));
  }

  /** Returns the operations on SchemaVersions. */
  public static MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      schemaVersions(KubernetesClient client) {
    return client.genericKubernetesResources(SCHEMA_VERSION);
  }

  private <T extends HasMetadata, L extends KubernetesResourceList<T>> void watch(
      MixedOperation<T, L, ?> kind) {
    var list = kind.inNamespace(namespace).list();
    list.getItems().forEach(this::record);
    watches.add(
        kind.inNamespace(namespace)
            .withResourceVersion(list.getMetadata().getResourceVersion())
            .watch(
                new Watcher<T>() {
                  @Override
                  public void eventReceived(Action action, T object) {
                    if (action == Action.ADDED || action == Action.MODIFIED) {
                      record(object);
                    }
                  }

                  @Override
                  public void onClose(WatcherException cause) {
                    fail("The watch was interrupted: " + cause.getMessage());
                  }
                }));
  }

  /** The measurement begins now. */
  public synchronized void start() {
    startedAt = Instant.now();
    start = System.nanoTime();
  }

  private void record(HasMetadata object) {
    long nanos = System.nanoTime();
    synchronized (this) {
      var now = States.of(object);
      var before =
          states.put(
              object.getMetadata().getUid(),
              now.stream().map(States.State::name).collect(Collectors.toSet()));
      if (startedAt == null) {
        return;
      }
      if (object instanceof Pod pod) {
        pods += before == null ? 1 : 0;
        readLogs(pod);
      }
      for (var state : now) {
        if (before == null || !before.contains(state.name())) {
          moments.putIfAbsent(
              state.name(),
              new Moment(state.name(), state.part(), TimeUnit.NANOSECONDS.toMillis(nanos - start)));
          if (state.name().startsWith(FAILED)) {
            failure = state.name();
          }
        }
      }
      notifyAll();
    }
  }

  /** Reads each log as soon as its container has ended, because the operator deletes ended Jobs. */
  private void readLogs(Pod pod) {
    var podLogs = new PodLogs(client, startedAt);
    PodLogs.ended(pod)
        .forEach(
            container ->
                logs.computeIfAbsent(
                    pod.getMetadata().getUid() + container,
                    key ->
                        CompletableFuture.supplyAsync(
                            () -> podLogs.moments(pod, container), readers)));
  }

  private synchronized void fail(String why) {
    failure = why;
    notifyAll();
  }

  /**
   * Waits for a moment since the start.
   *
   * @throws IllegalStateException if a Job fails, or after two minutes
   */
  public synchronized Moment await(String name) throws InterruptedException {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (!moments.containsKey(name)) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (failure != null || left <= 0) {
        throw new IllegalStateException(
            "Waited for \"%s\" in vain; %s. What happened: %s. %s"
                .formatted(
                    name,
                    failure == null ? "no failure was seen" : failure,
                    String.join(", ", moments.keySet()),
                    lines().map(Moment::name).collect(Collectors.joining("\n"))));
      }
      wait(left);
    }
    return moments.get(name);
  }

  /** Returns how many pods were created since the start. */
  public synchronized int pods() {
    return pods;
  }

  /** Returns the milliseconds since the start. */
  public synchronized long elapsed() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  /** Returns the moments until the given one, among them those in the logs. */
  public synchronized Timeline until(Moment end) {
    return Timeline.until(end, Stream.concat(moments.values().stream(), lines()));
  }

  private Stream<Moment> lines() {
    return logs.values().stream().map(CompletableFuture::join).flatMap(List::stream);
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
    readers.shutdownNow();
  }
}
