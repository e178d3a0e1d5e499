package dev.schemaversion.e2e.gate;

import dev.schemaversion.e2e.cluster.Checkout;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Jobs as the operator creates them, Jobs of other users, and changes of Jobs. */
final class Jobs {

  private Jobs() {}

  /** Returns all golden Jobs of the operator's unit tests. */
  static List<Path> golden() {
    try (var files = Files.walk(Checkout.root().resolve("src/test/resources/desired"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("job-"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a golden Job without its namespace. */
  static Job golden(Path file) {
    try {
      var job = Serialization.unmarshal(Files.readString(file), Job.class);
      return new JobBuilder(job).editMetadata().withNamespace(null).endMetadata().build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the Job of a sync, as the operator creates it. */
  static Job sync() {
    return golden(Checkout.root().resolve("src/test/resources/desired/minimal/job-sync.yaml"));
  }

  /** Returns the Job of a sync with a migration tool of the user, as the operator creates it. */
  static Job command() {
    return golden(Checkout.root().resolve("src/test/resources/desired/command/job-sync.yaml"));
  }

  /** Returns a suspended Job of another user. */
  static Job bare(String name) {
    return new JobBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withSuspend(true)
        .withNewTemplate()
        .withNewSpec()
        .withRestartPolicy("Never")
        .addNewContainer()
        .withName("c")
        .withImage("localhost/program:1")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  static OwnerReference owner(String kind) {
    return new OwnerReferenceBuilder()
        .withApiVersion(kind.equals("SchemaVersion") ? "schemaversion.dev/v1alpha1" : "v1")
        .withKind(kind)
        .withName("glance")
        .withUid("6f5d7a1c-0000-4000-8000-000000000000")
        .withBlockOwnerDeletion(false)
        .build();
  }

  static UnaryOperator<Job> job(UnaryOperator<JobBuilder> edit) {
    return job -> edit.apply(new JobBuilder(job)).build();
  }

  static UnaryOperator<Job> pod(UnaryOperator<PodSpecBuilder> edit) {
    return job(
        j -> {
          var spec = new PodSpecBuilder(j.buildSpec().getTemplate().getSpec());
          var changed = edit.apply(spec).build();
          return j.editSpec().editTemplate().withSpec(changed).endTemplate().endSpec();
        });
  }

  static UnaryOperator<Job> runner(UnaryOperator<ContainerBuilder> edit) {
    return pod(p -> p.withContainers(edited(p.buildContainers(), edit)));
  }

  static UnaryOperator<Job> scratch(UnaryOperator<ContainerBuilder> edit) {
    return pod(p -> p.withInitContainers(edited(p.buildInitContainers(), edit)));
  }

  /** Changes the init container of a name. */
  static UnaryOperator<Job> sidecar(String name, UnaryOperator<ContainerBuilder> edit) {
    return scratch(c -> c.getName().equals(name) ? edit.apply(c) : c);
  }

  /** Changes a container's security context. */
  static UnaryOperator<ContainerBuilder> confined(UnaryOperator<SecurityContextBuilder> edit) {
    return container ->
        container.withSecurityContext(
            edit.apply(new SecurityContextBuilder(container.buildSecurityContext())).build());
  }

  private static List<Container> edited(
      List<Container> containers, UnaryOperator<ContainerBuilder> edit) {
    return containers.stream().map(c -> edit.apply(new ContainerBuilder(c)).build()).toList();
  }
}
