package dev.schemaversion.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.cluster.Checkout;
import dev.schemaversion.e2e.cluster.Command;
import dev.schemaversion.e2e.cluster.Command.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Argo CD's own code runs the health script and the actions of {@code deploy/argocd}, and it parses
 * the samples, as Flux's does. No cluster is needed.
 */
class ArgoCdTest {
  private static final Path ARGO_CD = Checkout.root().resolve("deploy/argocd");
  private static final Path SCRIPTS = ARGO_CD.resolve("schemaversion.dev/SchemaVersion");
  private static final Path SAMPLES = Checkout.root().resolve("deploy/samples/gitops");

  @TempDir Path folder;

  @ParameterizedTest(name = "scripts {0}")
  @ValueSource(strings = {"in the folder", "in the patch of argocd-cm"})
  void theScriptsPassTheirTests(String place) throws IOException {
    var command = health("customizations", SCRIPTS.toString());
    if (place.equals("in the patch of argocd-cm")) {
      command.add(ARGO_CD.resolve("argocd-cm.yaml").toString());
    }

    var lines = run(command).orThrow(command).lines().toList();

    assertThat(lines).hasSize(tests()).allMatch(line -> line.startsWith("ok "));
  }

  @Test
  void aScriptThatIsWrongFailsItsTests() throws IOException {
    var copy = folder.resolve("schemaversion.dev/SchemaVersion");
    try (var files = Files.walk(SCRIPTS)) {
      for (var file : files.toList()) {
        var to = copy.resolve(SCRIPTS.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    var script = copy.resolve("health.lua");
    Files.writeString(script, Files.readString(script).replace("\"Degraded\"", "\"Healthy\""));

    var answer = run(health("customizations", copy.toString()));

    assertThat(answer.exit()).isNotZero();
    assertThat(answer.out()).contains("FAILED health testdata/stalled.yaml");
  }

  @Test
  void theSamplesAreManifestsOfArgoCdAndFlux() {
    var command =
        health(
            "manifests",
            SAMPLES.resolve("argocd/application.yaml").toString(),
            SAMPLES.resolve("flux/glance.yaml").toString(),
            SAMPLES.resolve("flux/waves.yaml").toString());

    assertThat(run(command).orThrow(command).lines())
        .containsExactly(
            "Application glance",
            "GitRepository glance",
            "Kustomization glance",
            "Kustomization glance-database",
            "Kustomization glance-registry");
  }

  @Test
  void aFieldThatFluxDoesNotKnowIsAnError() throws IOException {
    var text = Files.readString(SAMPLES.resolve("flux/waves.yaml"));
    var wrong = Files.writeString(folder.resolve("wrong.yaml"), text.replace("wait:", "await:"));

    var answer = run(health("manifests", wrong.toString()));

    assertThat(answer.exit()).isNotZero();
    assertThat(answer.err()).contains("unknown field \"await\"");
  }

  /** How many tests the folder has. */
  private static int tests() throws IOException {
    int tests = 0;
    for (var file : List.of("health_test.yaml", "actions/action_test.yaml")) {
      try (Stream<String> lines = Files.lines(SCRIPTS.resolve(file))) {
        tests += (int) lines.filter(line -> line.contains("inputPath: ")).count();
      }
    }
    return tests;
  }

  private static List<String> health(String... arguments) {
    var command = new ArrayList<>(List.of(Clients.program("health").toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Answer run(List<String> command) {
    return Command.answer(command, Map.of(), "");
  }
}
