package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.cluster.Checkout;
import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.cluster.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/getting-started.md do what the page says, in their order. */
@WithOperator
class GettingStartedTest {
  private static final Pattern BLOCK = Pattern.compile("```(sh|yaml)\n(.*?)```", Pattern.DOTALL);
  private static final String INSTALLATION = "kubectl apply -k deploy\n";
  private static final String SAMPLES = "deploy/samples/shop";

  private Kubectl kubectl;

  @AfterEach
  void theTrialIsRemoved() {
    if (kubectl != null) {
      kubectl.run("delete", "namespace", "shop", "--ignore-not-found", "--wait=false");
    }
  }

  @Story
  void thePageLeadsFromNothingToAProgramOnTheNextVersion(Cluster cluster, @TempDir Path folder)
      throws IOException {
    assumeTrue(cluster.machine().isPresent(), "the commands need a kubectl that reads local files");
    kubectl = new Kubectl(cluster, "shop");
    prepare(cluster, folder);
    var page = Files.readString(Checkout.root().resolve("docs/getting-started.md"));
    var blocks = BLOCK.matcher(page).results().toList();

    for (var block : blocks) {
      if (block.group(1).equals("yaml")) {
        // The first one is the resource. The second one is a part of the program.
        if (Files.notExists(folder.resolve("shop.yaml"))) {
          Files.writeString(folder.resolve("shop.yaml"), block.group(2));
        }
      } else if (!block.group(2).startsWith(INSTALLATION)) {
        run(block, cluster, folder);
      }
    }

    assertThat(blocks).hasSizeGreaterThan(6);
    assertThat(kubectl.run("logs", "deployment/web")).contains("id | customer | paid");
    assertThat(kubectl.run("get", "sv", "shop", "-o", "jsonpath={.status.version}")).isEqualTo("4");
  }

  private static void run(MatchResult block, Cluster cluster, Path folder) {
    var script = "set -eu; cd '%s'; PATH='%s':$PATH\n%s".formatted(folder, folder, block.group(2));
    var command = List.of("bash", "-c", script);
    Command.answer(command, Map.of("KUBECONFIG", cluster.kubeconfig().toString()), "")
        .orThrow(List.of(block.group(2)));
  }

  /** Makes kubectl and the samples available, the latter with an image that is on the cluster. */
  private static void prepare(Cluster cluster, Path folder) throws IOException {
    var kubectl = folder.resolve("kubectl");
    Files.writeString(
        kubectl, "#!/bin/sh\nexec %s \"$@\"\n".formatted(String.join(" ", cluster.kubectl())));
    assertThat(kubectl.toFile().setExecutable(true)).isTrue();
    Files.createDirectories(folder.resolve(SAMPLES));
    for (var file : List.of("postgres.yaml", "web.yaml")) {
      var manifest = Files.readString(Checkout.root().resolve(SAMPLES).resolve(file));
      assertThat(manifest).contains("image: postgres:17");
      Files.writeString(
          folder.resolve(SAMPLES).resolve(file),
          manifest.replace("image: postgres:17", "image: " + cluster.image("postgres")));
    }
  }
}
