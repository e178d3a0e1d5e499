package dev.schemaversion.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.Mounts;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.Schema;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.request.KnownSchema;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Resources and the Jobs that are made of them, and what is in these Jobs. */
final class DesiredJobs {
  /** The image of the runner. */
  static final String IMAGE = "localhost/schemaversion-operator:dev";

  static final JobFactory FACTORY = new JobFactory(IMAGE, ScratchImages.OFFICIAL);
  static final String MIGRATIONS = "sha256:" + "a1".repeat(32);

  /** What is known of a database at version 9 on PostgreSQL 15. */
  static final KnownState ON_15 =
      new KnownState(
          new DatabaseIdentity("7", "glance"),
          new KnownSchema("9", new Schema("h", "f", "r"), null),
          List.of("aa"),
          "15.4",
          "sha256:plan",
          null,
          true,
          false,
          "");

  private static final Path FOLDER = Path.of("src", "test", "resources", "desired");

  private DesiredJobs() {}

  /** The first Job of each step for each resource of the golden files. */
  static Stream<Job> all() throws IOException {
    try (var folders = Files.list(FOLDER)) {
      return folders
          .sorted()
          .map(folder -> resource(folder.getFileName().toString()))
          .flatMap(resource -> Stream.of(Step.values()).map(step -> job(resource, step)))
          .toList()
          .stream();
    }
  }

  /** The first Job of a step, when nothing is known of the database. */
  static Job job(SchemaVersion resource, Step step) {
    return job(resource, step, KnownState.NOTHING);
  }

  /** The first Job of a step. */
  static Job job(SchemaVersion resource, Step step, KnownState known) {
    return FACTORY.job(resource, step, 1, MIGRATIONS, known);
  }

  /** What the runner reads, once the kubelet has expanded it. */
  static RunRequest request(Job job) {
    var variable = container(job).getEnv().getFirst();
    assertThat(variable.getName()).isEqualTo(Mounts.REQUEST);
    var text = variable.getValue();
    assertThat(text.replace("$$", "")).as("what the kubelet would expand").doesNotContain("$");
    return Codec.readRequest(text.replace("$$", "$"));
  }

  static PodSpec pod(Job job) {
    return job.getSpec().getTemplate().getSpec();
  }

  /** The runner's container. */
  static Container container(Job job) {
    return pod(job).getContainers().getFirst();
  }

  /** An init container or a sidecar. */
  static Container initContainer(PodSpec pod, String name) {
    return pod.getInitContainers().stream()
        .filter(container -> container.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The container of the scratch server. */
  static Container scratch(Job job) {
    return initContainer(pod(job), "scratch");
  }

  /** The resource of a golden folder. */
  static SchemaVersion resource(String folder) {
    return read(yaml(folder));
  }

  /** The resource of a golden folder with another text at a place that is there once. */
  static SchemaVersion changed(String folder, String from, String to) {
    assertThat(yaml(folder)).containsOnlyOnce(from);
    return read(yaml(folder).replace(from, to));
  }

  /** A small resource with more fields in its spec. */
  static SchemaVersion minimal(String more) {
    return read(yaml("minimal").replaceFirst("\nspec:\n", "\nspec:\n  " + more + "\n"));
  }

  /** The resource of a YAML text. */
  static SchemaVersion read(String yaml) {
    return Serialization.unmarshal(yaml, SchemaVersion.class);
  }

  private static String yaml(String folder) {
    try {
      return Files.readString(FOLDER.resolve(folder).resolve("in.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
