package dev.schemaversion.e2e.tools;

import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.Restricted;
import dev.schemaversion.e2e.stories.Stories;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A recipe's tool as a person would run it: a pod with the image, the commands and the environment
 * of the SchemaVersion. Kubernetes replaces {@code $(HOST)} and the like as the operator does.
 */
final class ToolByHand {
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final String NAME = "tool";

  private final Glance glance;
  private final GenericKubernetesResource schemaVersion;

  ToolByHand(Recipe recipe, Glance glance) {
    this.glance = glance;
    this.schemaVersion =
        Stream.of(Stories.recipe(glance, recipe.folder()).split("\n---\n"))
            .filter(manifest -> manifest.contains("kind: SchemaVersion\n"))
            .map(manifest -> Serialization.unmarshal(manifest, GenericKubernetesResource.class))
            .findFirst()
            .orElseThrow();
  }

  /** The versions of the list. */
  List<String> versions() {
    return command("versions");
  }

  /** The tables in which the tool records the version. */
  List<String> tables() {
    return command("history", "tables");
  }

  /** Migrates the story's database. */
  void migrate(String version) {
    if (!run("migrate", version).equals("Succeeded")) {
      throw new IllegalStateException(glance.kubectl("logs", NAME));
    }
  }

  /** Stamps the story's database. What the tool does after that may fail. */
  void stamp(String version) {
    run("stamp", version);
  }

  /** Returns the phase in which the pod ends. */
  private String run(String what, String version) {
    create(
        new SecretBuilder()
            .withNewMetadata()
            .withName(NAME)
            .endMetadata()
            .withStringData(variables(version))
            .build());
    create(pod(command(what)));
    return await()
        .atMost(LONG)
        .until(
            () -> glance.get("pod", NAME).at("/status/phase").asText(),
            Set.of("Succeeded", "Failed")::contains);
  }

  private Pod pod(List<String> command) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(NAME)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withSecurityContext(Restricted.pod())
        .addNewContainer()
        .withName(NAME)
        .withImage(this.<String>command("image"))
        .withCommand(command)
        .addNewEnvFrom()
        .withNewSecretRef(NAME, false)
        .endEnvFrom()
        .withEnv(environment())
        .withSecurityContext(Restricted.container())
        .endContainer()
        .endSpec()
        .build();
  }

  private List<EnvVar> environment() {
    Map<String, String> environment = command("env");
    return environment.entrySet().stream()
        .map(entry -> new EnvVar(entry.getKey(), entry.getValue(), null))
        .toList();
  }

  private static Map<String, String> variables(String version) {
    var variables = new HashMap<String, String>();
    Map.of(
            "HOST", "postgres",
            "PORT", "5432",
            "DATABASE", "glance",
            "USERNAME", "glance",
            "PASSWORD", Glance.PASSWORD,
            "SSLMODE", "disable",
            "VERSION", version)
        .forEach(
            (name, value) -> {
              variables.put(name, value);
              variables.put(
                  name + "_URI",
                  URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
            });
    return variables;
  }

  private void create(HasMetadata object) {
    glance.kubectlWithInput(Serialization.asYaml(object), "create", "-f", "-");
  }

  private <T> T command(Object... path) {
    return schemaVersion.get(
        Stream.concat(Stream.of("spec", "migrations", "command"), Stream.of(path)).toArray());
  }
}
