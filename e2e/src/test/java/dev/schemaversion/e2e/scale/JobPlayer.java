package dev.schemaversion.e2e.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Plays the Job controller, the kubelet and the runner: each Job of the operator gets an ended pod
 * as a {@link Script} defines, and both are deleted with the Job.
 */
final class JobPlayer implements AutoCloseable, ResourceEventHandler<Job> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REQUEST = "SCHEMAVERSION_REQUEST";
  private static final int AT_ONCE = 16;

  private final Api api;
  private final Script script;
  private final SharedIndexInformer<Job> jobs;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore permits = new Semaphore(AT_ONCE);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  JobPlayer(KubernetesClient client, Api api, Script script) {
    this.api = api;
    this.script = script;
    this.jobs =
        client
            .batch()
            .v1()
            .jobs()
            .inAnyNamespace()
            .withLabel("app.kubernetes.io/managed-by", "schemaversion-operator")
            .inform(this);
  }

  /** What went wrong with playing, if anything did. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  @Override
  public void onAdd(Job job) {
    if (job.getStatus() == null || job.getStatus().getCompletionTime() == null) {
      play(() -> end(job));
    }
  }

  @Override
  public void onUpdate(Job before, Job now) {}

  @Override
  public void onDelete(Job job, boolean unknown) {
    play(() -> api.delete(pods(job) + "/" + podName(job)));
  }

  private void play(Runnable scene) {
    threads.submit(
        () -> {
          try {
            permits.acquire();
            try {
              scene.run();
            } finally {
              permits.release();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
          }
        });
  }

  private void end(Job job) {
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    var ending = script.end(request(job));
    api.create(pods(job), pod(job));
    api.patch(pods(job) + "/" + podName(job) + "/status", Map.of("status", podStatus(ending, now)));
    api.patch(
        "/apis/batch/v1/namespaces/%s/jobs/%s/status"
            .formatted(job.getMetadata().getNamespace(), job.getMetadata().getName()),
        Map.of("status", jobStatus(ending.exitCode() == 0, now)));
  }

  private static String pods(Job job) {
    return "/api/v1/namespaces/" + job.getMetadata().getNamespace() + "/pods";
  }

  private static String podName(Job job) {
    return job.getMetadata().getName() + "-0";
  }

  private static JsonNode request(Job job) {
    var runner = job.getSpec().getTemplate().getSpec().getContainers().getFirst();
    var text =
        runner.getEnv().stream()
            .filter(variable -> variable.getName().equals(REQUEST))
            .findFirst()
            .orElseThrow()
            .getValue();
    try {
      // As the kubelet does.
      return JSON.readTree(text.replace("$$", "$"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Pod pod(Job job) {
    var template = job.getSpec().getTemplate();
    return new PodBuilder()
        .withNewMetadata()
        .withName(podName(job))
        .withLabels(template.getMetadata().getLabels())
        .addNewOwnerReference()
        .withApiVersion("batch/v1")
        .withKind("Job")
        .withName(job.getMetadata().getName())
        .withUid(job.getMetadata().getUid())
        .withController(true)
        .endOwnerReference()
        .endMetadata()
        .withSpec(template.getSpec())
        .build();
  }

  private static Map<String, ?> podStatus(Script.Ending ending, String now) {
    var terminated =
        Map.of(
            "exitCode",
            ending.exitCode(),
            "reason",
            ending.exitCode() == 0 ? "Completed" : "Error",
            "message",
            ending.report(),
            "startedAt",
            now,
            "finishedAt",
            now);
    return Map.of(
        "phase",
        ending.exitCode() == 0 ? "Succeeded" : "Failed",
        "startTime",
        now,
        "containerStatuses",
        List.of(
            Map.of(
                "name",
                "runner",
                "image",
                "localhost/runner:1",
                "imageID",
                "localhost/runner@sha256:1",
                "ready",
                false,
                "restartCount",
                0,
                "state",
                Map.of("terminated", terminated))));
  }

  private static Map<String, ?> jobStatus(boolean succeeded, String now) {
    var conditions =
        List.of(
            condition(succeeded ? "SuccessCriteriaMet" : "FailureTarget", now),
            condition(succeeded ? "Complete" : "Failed", now));
    return succeeded
        ? Map.of("startTime", now, "completionTime", now, "succeeded", 1, "conditions", conditions)
        : Map.of("startTime", now, "failed", 1, "conditions", conditions);
  }

  private static Map<String, String> condition(String type, String now) {
    return Map.of("type", type, "status", "True", "reason", "Played", "lastTransitionTime", now);
  }

  @Override
  public void close() {
    jobs.close();
    threads.shutdownNow();
  }
}
