package dev.schemaversion.e2e.bench.timeline;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Names the states that an object is in. A state that begins is a {@link Moment}. */
final class States {
  /**
   * A state.
   *
   * @param part as in {@link Moment}
   */
  record State(String name, Part part) {}

  /** The containers that migrate. */
  static final Set<String> MIGRATING = Set.of("runner", "flyway");

  private static final String PROGRAM = "program";
  private static final String STEP = "schemaversion.dev/step";
  private static final String REQUIRES = "schemaversion.dev/requires";
  private static final String JOB = "batch.kubernetes.io/job-name";

  private States() {}

  static List<State> of(HasMetadata object) {
    return switch (object) {
      case Job job -> of(job);
      case Pod pod -> of(pod);
      case Deployment deployment -> of(deployment);
      case GenericKubernetesResource resource -> of(resource);
      default -> List.of();
    };
  }

  /** Returns what a pod is for: a step of the operator, the name of its Job, or the program. */
  static String subject(HasMetadata object) {
    var labels =
        Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.<String, String>of());
    return labels.getOrDefault(STEP, labels.getOrDefault(JOB, PROGRAM));
  }

  private static List<State> of(Job job) {
    var labels =
        Objects.requireNonNullElse(job.getMetadata().getLabels(), Map.<String, String>of());
    var name = "Job " + labels.getOrDefault(STEP, job.getMetadata().getName());
    var states = new ArrayList<State>();
    states.add(new State(name + " created", Part.REACTION));
    if (job.getStatus() != null) {
      for (var condition : job.getStatus().getConditions()) {
        if (condition.getStatus().equals("True") && condition.getType().equals("Complete")) {
          // The operator reads the report of the pod and does not wait for the Job.
          states.add(
              new State(name + " complete", labels.containsKey(STEP) ? null : Part.REACTION));
        } else if (condition.getStatus().equals("True") && condition.getType().equals("Failed")) {
          states.add(new State(Recorder.FAILED + name, Part.REACTION));
        }
      }
    }
    return states;
  }

  private static List<State> of(Pod pod) {
    var subject = subject(pod);
    boolean migrates =
        Stream.concat(
                pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
            .anyMatch(container -> MIGRATING.contains(container.getName()));
    var states = new ArrayList<State>();
    states.add(new State("pod %s created".formatted(subject), Part.REACTION));
    if (pod.getStatus() == null) {
      return states;
    }
    boolean scheduled =
        pod.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("PodScheduled")
                        && condition.getStatus().equals("True"));
    if (scheduled) {
      states.add(
          new State("pod %s scheduled".formatted(subject), migrates ? Part.START : Part.PROGRAM));
    }
    Stream.concat(
            pod.getStatus().getInitContainerStatuses().stream(),
            pod.getStatus().getContainerStatuses().stream())
        .forEach(container -> add(states, subject, container));
    return states;
  }

  private static void add(List<State> states, String subject, ContainerStatus container) {
    var state = container.getState();
    if (state == null || (state.getRunning() == null && state.getTerminated() == null)) {
      return;
    }
    var name = container.getName();
    boolean isProgram = subject.equals(PROGRAM) && !MIGRATING.contains(name);
    // Of what migrates, the log says more exactly when it started.
    states.add(
        isProgram && state.getRunning() != null
            ? new State(Recorder.PROGRAM_RUNS, Part.PROGRAM)
            : new State("pod %s: %s seen started".formatted(subject, name), null));
    if (state.getTerminated() != null) {
      states.add(
          new State(
              "pod %s: %s seen ended".formatted(subject, name),
              MIGRATING.contains(name) ? Part.END : null));
    }
  }

  private static List<State> of(Deployment deployment) {
    var labels =
        Objects.requireNonNullElse(deployment.getMetadata().getLabels(), Map.<String, String>of());
    var created = new State("Deployment created", Part.REACTION);
    if (!labels.containsKey(REQUIRES)) {
      return List.of(created);
    }
    boolean paused = Boolean.TRUE.equals(deployment.getSpec().getPaused());
    return List.of(
        created, new State(paused ? "Deployment held" : "Deployment released", Part.REACTION));
  }

  /** The states of a SchemaVersion. */
  private static List<State> of(GenericKubernetesResource resource) {
    var states = new ArrayList<State>();
    states.add(new State("SchemaVersion created", Part.REACTION));
    if (resource.get("status", "baseline") != null) {
      states.add(new State("SchemaVersion: baseline recorded", Part.REACTION));
    }
    if (resource.get("status", "version") instanceof String version) {
      states.add(new State("SchemaVersion: version " + version, Part.REACTION));
    }
    if (resource.get("status", "conditions") instanceof List<?> conditions) {
      for (var condition : conditions) {
        if (condition instanceof Map<?, ?> map && "True".equals(map.get("status"))) {
          if ("Ready".equals(map.get("type"))) {
            states.add(new State(Recorder.READY, Part.REACTION));
          } else if ("Stalled".equals(map.get("type"))) {
            states.add(
                new State(Recorder.FAILED + "SchemaVersion: " + map.get("message"), Part.REACTION));
          }
        }
      }
    }
    return states;
  }
}
