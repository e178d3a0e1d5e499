package dev.schemaversion.e2e.faults;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import java.time.Duration;
import java.util.EnumSet;
import java.util.function.BooleanSupplier;

/** Stops the work of a place at a step, independent of timing, and resumes it. */
final class Stand {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Place place;
  private final Step step;
  private final Server server;

  Stand(Place place) {
    this.place = place;
    this.step = place.cell().step();
    this.server = place.server();
  }

  /** Applies everything, and returns when the work has stopped at the step. */
  void reach() {
    server.start(step);
    for (var marker : EnumSet.complementOf(held())) {
      server.open(marker, place.scratchPods());
    }
    place.apply(step == Step.BEFORE_JOB);
    switch (step) {
      case BEFORE_JOB ->
          awaitIt(() -> place.condition("Ready").at("/reason").asText().equals("Suspended"));
      case PENDING -> awaitIt(() -> place.pods(Place.SYNC).stream().anyMatch(Stand::gated));
      case PROOF -> awaitIt(() -> server.waits(Marker.PROOF, place.scratchPods()));
      case BETWEEN -> committed(Marker.SECOND, "2");
      case INSIDE, CONCURRENT_INDEX, BETWEEN_STATEMENTS ->
          awaitIt(() -> server.waits(Marker.THIRD, place.scratchPods()));
      case AFTER_SQL, BEFORE_REPEATABLE -> committed(Marker.THIRD, "3");
      case CALLBACK -> awaitIt(() -> server.waits(Marker.CALLBACK, place.scratchPods()));
      case AFTER_REPORT -> awaitIt(() -> place.pods(Place.SYNC).stream().anyMatch(Stand::reported));
      case RELEASE -> awaitIt(this::releaseRefused);
    }
  }

  private EnumSet<Marker> held() {
    return switch (step) {
      case PROOF -> EnumSet.of(Marker.PROOF);
      case BETWEEN -> EnumSet.of(Marker.SECOND);
      case INSIDE, CONCURRENT_INDEX, BETWEEN_STATEMENTS, AFTER_SQL, BEFORE_REPEATABLE ->
          EnumSet.of(Marker.THIRD);
      case CALLBACK -> EnumSet.of(Marker.CALLBACK);
      default -> EnumSet.noneOf(Marker.class);
    };
  }

  /** Waits until a migration is committed and the runner has received no response since. */
  private void committed(Marker marker, String version) {
    awaitIt(() -> server.waits(marker, place.scratchPods()));
    server.freezeRunner();
    server.open(marker, place.scratchPods());
    awaitIt(() -> server.history().contains(version));
  }

  private boolean releaseRefused() {
    return place
        .kubectl()
        .run("get", "events", "--field-selector=reason=ReleaseRefused", "-o", "name")
        .contains("event");
  }

  private void awaitIt(BooleanSupplier stands) {
    await(place.cell() + ": stands")
        .atMost(LONG)
        .pollInterval(Batch.POLL)
        // What is asked may not be there yet.
        .ignoreException(IllegalStateException.class)
        .until(stands::getAsBoolean);
  }

  /**
   * Resumes the work. Idempotent: a repeated call resumes work that has reached the same step
   * again.
   */
  void resume() {
    switch (step) {
      case BEFORE_JOB ->
          place
              .kubectl()
              .attempt(
                  "patch", "sv", "db", "--type=merge", "-p", "{\"spec\": {\"suspend\": false}}");
      case PENDING -> {
        unlabel();
        place.pods(Place.SYNC).stream().filter(Stand::gated).forEach(this::ungate);
      }
      case PROOF -> server.open(Marker.PROOF, place.scratchPods());
      case BETWEEN, AFTER_SQL, BEFORE_REPEATABLE -> server.thawRunner();
      case INSIDE, CONCURRENT_INDEX, BETWEEN_STATEMENTS ->
          server.open(Marker.THIRD, place.scratchPods());
      case CALLBACK -> server.open(Marker.CALLBACK, place.scratchPods());
      case AFTER_REPORT, RELEASE -> unlabel();
    }
  }

  /** The steps that an attempt after the fault reaches too. */
  boolean comesAgain() {
    return step == Step.PENDING || step == Step.PROOF;
  }

  private void unlabel() {
    place.kubectl().run("label", "namespace", place.namespace(), Holds.LABEL + "-");
  }

  /** The object may have been deleted meanwhile. */
  private void ungate(Pod pod) {
    place
        .kubectl()
        .attempt(
            "patch",
            "pod",
            pod.getMetadata().getName(),
            "--type=merge",
            "-p",
            "{\"spec\": {\"schedulingGates\": null}}");
  }

  private static boolean gated(Pod pod) {
    return pod.getSpec().getSchedulingGates().stream().anyMatch(Stand::ours);
  }

  private static boolean ours(PodSchedulingGate gate) {
    return gate.getName().equals(Holds.GATE);
  }

  private static boolean reported(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .anyMatch(container -> container.getState().getTerminated() != null);
  }
}
