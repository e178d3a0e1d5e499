package dev.schemaversion.e2e.bench;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.bench.report.Figures.Measurement;
import dev.schemaversion.e2e.bench.timeline.Recorder;
import dev.schemaversion.e2e.bench.timeline.Timeline;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** Takes one way through one scenario, and checks that it has migrated. */
final class Course {
  private static final int BEFORE = 9;
  private static final int AFTER = 13;
  private static final int MANY = 300;

  private final KubernetesClient client;
  private final Glance glance;
  private final Ground ground;
  private final ExampleObjects objects;

  Course(KubernetesClient client, Glance glance, Ground ground, ExampleObjects objects) {
    this.client = client;
    this.glance = glance;
    this.ground = ground;
    this.objects = objects;
  }

  /** Makes the database that upgrades start from, by plain Flyway. */
  void keepTemplate(Delivery flyway) throws InterruptedException {
    ground.clear();
    run(flyway, objects.release(BEFORE));
    ground.keepAsTemplate();
  }

  /** Measures once. */
  Measurement measure(Scenario scenario, Delivery delivery) throws InterruptedException {
    return switch (scenario) {
      case NEW -> onNew(delivery, AFTER);
      case NEW_300 -> onNew(delivery, MANY);
      case UPGRADE -> upgrade(delivery);
    };
  }

  private Measurement onNew(Delivery delivery, int version) throws InterruptedException {
    ground.clear();
    return run(delivery, objects.release(version));
  }

  private Measurement upgrade(Delivery delivery) throws InterruptedException {
    ground.clearToTemplate();
    try (var recorder = recorder()) {
      recorder.start();
      delivery.start(objects.release(BEFORE), recorder);
      recorder.await(Recorder.PROGRAM_RUNS);
    }
    ground.rest();
    return run(delivery, objects.release(AFTER));
  }

  private Measurement run(Delivery delivery, Release release) throws InterruptedException {
    try (var recorder = recorder()) {
      recorder.start();
      delivery.apply(release, recorder);
      var end = recorder.await(Recorder.PROGRAM_RUNS);
      int migrations = ground.migrations();
      if (migrations != release.version()) {
        throw new IllegalStateException(
            "The program of release %d runs, and %d migrations have run"
                .formatted(release.version(), migrations));
      }
      return new Measurement(recorder.until(end), recorder.pods() - 1, null);
    }
  }

  /**
   * Applies what {@link Scenario#NEW} has applied once more, and waits a moment for what may
   * follow.
   */
  Measurement again(Delivery delivery) throws InterruptedException {
    List<String> before;
    do {
      before = written();
      ground.rest();
    } while (!before.equals(written()));
    try (var recorder = recorder()) {
      recorder.start();
      delivery.applyAgain(objects.release(AFTER), recorder);
      long millis = recorder.elapsed();
      ground.rest();
      return new Measurement(
          new Timeline(List.of(), millis),
          recorder.pods(),
          before.isEmpty() ? null : !written().equals(before));
    }
  }

  /** The versions of all SchemaVersions that are stored. */
  private List<String> written() {
    return Recorder.schemaVersions(client)
        .inNamespace(glance.namespace())
        .list()
        .getItems()
        .stream()
        .map(GenericKubernetesResource::getMetadata)
        .map(metadata -> metadata.getResourceVersion())
        .toList();
  }

  private Recorder recorder() {
    return new Recorder(client, glance.namespace());
  }
}
