package dev.schemaversion.cli.kubectl.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemaversion.cli.terminal.Terminal;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.function.Supplier;

/** How a command prints its result. */
public enum OutputFormat {
  /** For people. */
  TEXT,
  /** As JSON. */
  JSON,
  /** As YAML. */
  YAML;

  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  /**
   * Prints a result.
   *
   * @param data what JSON and YAML contain
   * @param text the lines for people
   */
  public void print(Terminal terminal, Object data, Supplier<List<String>> text) {
    switch (this) {
      case TEXT -> text.get().forEach(terminal::print);
      case JSON ->
          terminal.print(SERIALIZATION.convertValue(data, JsonNode.class).toPrettyString());
      case YAML -> terminal.print(SERIALIZATION.asYaml(data).stripTrailing());
    }
  }
}
