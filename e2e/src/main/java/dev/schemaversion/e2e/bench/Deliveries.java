package dev.schemaversion.e2e.bench;

import dev.schemaversion.e2e.bench.timeline.Recorder;
import dev.schemaversion.e2e.clients.Helm;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Creates the {@link Delivery} of each way but those with Helm. */
final class Deliveries {
  private final KubernetesClient client;
  private final ExampleObjects objects;

  Deliveries(KubernetesClient client, ExampleObjects objects) {
    this.client = client;
    this.objects = objects;
  }

  private void apply(HasMetadata... all) {
    for (var object : all) {
      client.resource(object).fieldManager("bench").forceConflicts().serverSideApply();
    }
  }

  /** Returns the hand-written way. */
  Delivery job() {
    return new Delivery() {
      @Override
      public void start(Release release, Recorder recorder) {
        Deliveries.this.apply(objects.program(release));
      }

      @Override
      public void apply(Release release, Recorder recorder) throws InterruptedException {
        var job = objects.job();
        Deliveries.this.apply(objects.migrations(release), job);
        recorder.await("Job " + job.getMetadata().getName() + " complete");
        Deliveries.this.apply(objects.program(release));
      }

      /** A Job that is complete does not run again. */
      @Override
      public void applyAgain(Release release, Recorder recorder) throws InterruptedException {
        var job = client.resource(objects.job());
        job.delete();
        job.waitUntilCondition(Objects::isNull, 1, TimeUnit.MINUTES);
        apply(release, recorder);
      }
    };
  }

  /** Returns the way with an init container. */
  Delivery initContainer() {
    return new Delivery() {
      @Override
      public void start(Release release, Recorder recorder) {
        Deliveries.this.apply(objects.program(release));
      }

      @Override
      public void apply(Release release, Recorder recorder) {
        Deliveries.this.apply(objects.migrations(release), objects.migratingProgram(release));
      }
    };
  }

  /** Returns a way with Helm. */
  Delivery helm(Helm helm) {
    return new Delivery() {
      @Override
      public void start(Release release, Recorder recorder) {
        install(new HookChart().with(objects.program(release)));
      }

      @Override
      public void apply(Release release, Recorder recorder) {
        install(
            new HookChart()
                .withHooks(objects.migrations(release), objects.job())
                .with(objects.program(release)));
      }

      private void install(HookChart chart) {
        helm.run("upgrade", "--install", "glance", chart.write().toString());
      }
    };
  }

  /** Returns the way with the operator. In the order of {@code kubectl apply -k}. */
  Delivery schemaVersion(String proofMode) {
    return new Delivery() {
      @Override
      public void start(Release release, Recorder recorder) throws InterruptedException {
        apply(release, recorder);
        recorder.await(Recorder.READY);
      }

      @Override
      public void apply(Release release, Recorder recorder) {
        Deliveries.this.apply(
            objects.migrations(release),
            objects.gatedProgram(release),
            objects.schemaVersion(release, proofMode));
      }
    };
  }
}
