package dev.schemaversion.e2e.scale;

import dev.schemaversion.e2e.cluster.Checkout;
import dev.schemaversion.e2e.cluster.Command;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads how the operator is shipped: Java's arguments, its memory and its settings. */
record ShippedOperator(List<String> arguments, Container container) {
  /** The folder of another build, to compare with. */
  private static final String APPLICATION = "operator.app";

  static ShippedOperator read() {
    var root = Checkout.root();
    var application = Path.of(System.getProperty(APPLICATION, root + "/target/quarkus-app"));
    if (!Files.exists(application.resolve("quarkus-run.jar"))) {
      throw new IllegalStateException(
          "There is no operator in " + application + ": build it with make build");
    }
    return new ShippedOperator(arguments(root, application), container(root));
  }

  /** Java's arguments as the image has them, with the jars where they are here. */
  private static List<String> arguments(Path root, Path application) {
    try {
      var folder = Files.createTempDirectory("entry-points");
      var script = root.resolve("e2e/images/schemaversion-operator/entry-points");
      Command.run("sh", script.toString(), application.toString(), folder.toString());
      var arguments =
          Files.readAllLines(folder.resolve("operator")).stream()
              .map(line -> line.replace("/opt/schemaversion", application.toString()))
              .toList();
      for (var file : List.of("operator", "runner", "cli")) {
        Files.delete(folder.resolve(file));
      }
      Files.delete(folder);
      return arguments;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Container container(Path root) {
    try (var manifest = Files.newInputStream(root.resolve("deploy/base/20-deployment.yaml"))) {
      var deployment = Serialization.unmarshal(manifest, Deployment.class);
      return deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The memory that its container may take, in bytes. */
  long memoryLimit() {
    return Quantity.getAmountInBytes(container.getResources().getLimits().get("memory"))
        .longValueExact();
  }

  /** The settings that are written out in its Deployment. */
  Map<String, String> environment() {
    return container.getEnv().stream()
        .filter(variable -> variable.getValue() != null)
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }
}
