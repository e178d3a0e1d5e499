package dev.schemaversion.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec.Approval;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adopt prints manifests, and asks the database only where the user wants that. */
@EnableKubernetesMockClient(crud = true, https = false)
class AdoptCommandTest {
  private static final String GLANCE = "deploy/samples/glance/migrations";

  @TempDir Path folder;
  KubernetesMockServer server;
  KubernetesClient client;
  private Plugin plugin;

  @BeforeEach
  void connect() {
    plugin = new Plugin(server);
  }

  @Test
  void theManifestsOfTheWorkedExampleHaveAllItsMigrations() {
    var adopt = adopt(GLANCE);

    assertThat(adopt.exit()).isZero();
    var configMap = Serialization.unmarshal(documents(adopt).getFirst(), ConfigMap.class);
    assertThat(configMap.getMetadata().getName()).isEqualTo("glance-migrations");
    assertThat(configMap.getData()).hasSize(13).allSatisfy(this::isTheFile);
    var resource = Serialization.unmarshal(documents(adopt).getLast(), SchemaVersion.class);
    assertThat(resource.getSpec().version()).isEqualTo("13");
    assertThat(resource.getSpec().database().secretRef().name()).isEqualTo("glance-db");
    assertThat(resource.getSpec().migrations().configMaps()).hasSize(1);
    assertThat(resource.getSpec().baseline()).isNull();
    assertThat(resource.getUnreadable()).isNull();
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void theAnswerOfTheDatabaseIsProposedAndWhatWasCreatedIsDeleted() {
    var asked = new ArrayList<SchemaVersion>();
    plugin.meanwhile(
        () -> {
          var question = question();
          asked.add(question);
          stall(question, List.of("9", "10"));
        });

    var adopt = plugin.typing("yes\n").run(arguments(GLANCE, "--ask"));

    assertThat(adopt.exit()).isZero();
    assertThat(asked.getFirst().getSpec().approval()).isEqualTo(Approval.Manual);
    assertThat(asked.getFirst().getSpec().baseline()).isNull();
    assertThat(adopt.err())
        .contains("It can write nothing")
        .contains("kubectl delete sv glance-ask");
    assertThat(adopt.out())
        .contains(
            "# The schema equals version 9, 10, which the schema cannot distinguish.\n# Look at the rows, and set baseline.version");
    var resource = Serialization.unmarshal(documents(adopt).getLast(), SchemaVersion.class);
    assertThat(resource.getSpec().baselineVersion()).isEqualTo("9");
    assertThat(resource.getSpec().approval()).isNull();
    isClean();
  }

  @Test
  void noIsNoAndCreatesNothing() {
    var adopt = plugin.typing("n\n").run(arguments(GLANCE, "--ask"));

    assertThat(adopt.exit()).isOne();
    assertThat(adopt.err()).contains("Nothing was created.");
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void withoutAnAnswerInTimeWhatWasCreatedIsDeleted() {
    var adopt = plugin.run(arguments(GLANCE, "--ask", "--yes"));

    assertThat(adopt.exit()).isOne();
    assertThat(adopt.out()).isEmpty();
    assertThat(adopt.err()).contains("Is the operator running?");
    isClean();
  }

  @Test
  void whatSomebodyElseHasCreatedIsNotTouched() {
    plugin.create(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: glance-ask-migrations, namespace: glance}
        data: {precious: "yes"}
        """);

    var adopt = plugin.run(arguments(GLANCE, "--ask", "--yes"));

    assertThat(adopt.exit()).isOne();
    assertThat(adopt.err()).contains("ConfigMap glance-ask-migrations exists already");
    assertThat(question()).isNull();
    assertThat(client.configMaps().inNamespace("glance").withName("glance-ask-migrations").get())
        .isNotNull()
        .satisfies(kept -> assertThat(kept.getData()).containsEntry("precious", "yes"));
  }

  @Test
  void aNameThatIsTooLongIsRefused() {
    var adopt =
        plugin.run("adopt", "a".repeat(37), "--migrations", GLANCE, "--secret", "glance-db");

    assertThat(adopt.exit()).isOne();
    assertThat(adopt.err()).contains("at most 36 lower-case letters");
  }

  @Test
  void aConfigMapThatApplyCannotStoreIsNoted() throws IOException {
    Files.writeString(folder.resolve("V1__a.sql"), "-- a\n".repeat(80_000));

    assertThat(adopt(folder.toString()).err())
        .contains("ConfigMap glance-migrations is too large for kubectl apply")
        .contains("--server-side");
  }

  private Plugin.Result adopt(String migrations) {
    return plugin.run(arguments(migrations));
  }

  private static String[] arguments(String migrations, String... more) {
    var arguments =
        new ArrayList<>(
            List.of("adopt", "glance", "--migrations", migrations, "--secret", "glance-db"));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private static List<String> documents(Plugin.Result adopt) {
    return Arrays.stream(adopt.out().split("(?m)^---$", -1))
        .filter(document -> !document.isBlank())
        .toList();
  }

  private void isTheFile(String name, String content) {
    assertThat(Path.of(GLANCE, name)).hasContent(content);
  }

  private SchemaVersion question() {
    return client.resources(SchemaVersion.class).inNamespace("glance").withName("glance-ask").get();
  }

  private void stall(SchemaVersion question, List<String> equalVersions) {
    client
        .resource(
            Serialization.unmarshal(
                Serialization.asYaml(
                    Map.of(
                        "apiVersion",
                        question.getApiVersion(),
                        "kind",
                        question.getKind(),
                        "metadata",
                        question.getMetadata(),
                        "spec",
                        question.getSpec(),
                        "status",
                        Map.of(
                            "proof",
                            Map.of(
                                "verdict", "Unprovable",
                                "reason", "BaselineRequired",
                                "equalVersions", equalVersions),
                            "conditions",
                            List.of(
                                Map.of(
                                    "type", "Stalled",
                                    "status", "True",
                                    "reason", "BaselineRequired",
                                    "message", "no claim"))))),
                SchemaVersion.class))
        .update();
  }

  private void isClean() {
    assertThat(question()).isNull();
    assertThat(client.configMaps().inNamespace("glance").list().getItems()).isEmpty();
  }
}
