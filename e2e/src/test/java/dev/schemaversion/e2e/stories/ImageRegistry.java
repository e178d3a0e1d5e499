package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.cluster.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * An in-memory image registry on the node, under a name that container runtimes treat as local and
 * access without TLS.
 */
final class ImageRegistry {
  private static final String NAMESPACE = "image-registry";
  private static final String HOST = "localhost:5071";
  private static final String OBJECTS =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: %1$s}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: registry, namespace: %1$s}
      spec:
        strategy: {type: Recreate}
        selector: {matchLabels: {app: registry}}
        template:
          metadata: {labels: {app: registry}}
          spec:
            hostNetwork: true
            terminationGracePeriodSeconds: 1
            containers:
              - name: registry
                image: %2$s
                args: [registry, serve, --address, "127.0.0.1:5071"]
      """;

  private final Kubectl kubectl;

  ImageRegistry(Cluster cluster) {
    cluster.load("crane");
    kubectl = new Kubectl(cluster, NAMESPACE);
    kubectl.runWithInput(OBJECTS.formatted(NAMESPACE, cluster.image("crane")), "apply", "-f", "-");
    kubectl.run("rollout", "status", "deployment/registry", "--timeout=240s");
  }

  /** The reference under which a pod finds what was pushed. */
  String reference(String nameAndTag) {
    return HOST + "/" + nameAndTag;
  }

  /**
   * Pushes an image that holds only these files.
   *
   * @param files content by path, in ASCII
   * @return its reference by digest
   */
  String push(String nameAndTag, Map<String, String> files) {
    var reference = reference(nameAndTag);
    crane(layer(files), "append", "--new_layer", "-", "--new_tag", reference);
    crane("", "mutate", reference, "--set-platform", "linux/" + architecture(), "-t", reference);
    var name = reference.substring(0, reference.lastIndexOf(':'));
    return name + "@" + crane("", "digest", reference).strip();
  }

  private String crane(String input, String... arguments) {
    var command = new String[arguments.length + 5];
    System.arraycopy(
        new String[] {"exec", "-i", "deployment/registry", "--", "crane"}, 0, command, 0, 5);
    System.arraycopy(arguments, 0, command, 5, arguments.length);
    return kubectl.runWithInput(input, command);
  }

  private String architecture() {
    return kubectl.run("get", "node", "-o", "jsonpath={.items[0].status.nodeInfo.architecture}");
  }

  private static String layer(Map<String, String> files) {
    try {
      var folder = Files.createTempDirectory("layer");
      var tar = folder.resolveSibling(folder.getFileName() + ".tar");
      for (var file : files.entrySet()) {
        assertThat(file.getValue()).isASCII();
        var path = folder.resolve(file.getKey().substring(1));
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      Command.run(
          "tar",
          "--format=ustar",
          "--owner=0",
          "--group=0",
          "--mode=a+rX",
          "-C",
          folder.toString(),
          "-cf",
          tar.toString(),
          ".");
      var text = Files.readString(tar, StandardCharsets.US_ASCII);
      delete(folder);
      Files.delete(tar);
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
