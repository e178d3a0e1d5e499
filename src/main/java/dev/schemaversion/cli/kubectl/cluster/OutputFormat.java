package dev.schemaversion.cli.kubectl.cluster;

import io.fabric8.kubernetes.client.utils.Serialization;
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

  /**
   * Prints a result.
   *
   * @param data what JSON and YAML contain
   * @param text the lines for people
   */
  public void print(Terminal terminal, Object data, Supplier<List<String>> text) {
    switch (this) {
      case TEXT -> text.get().forEach(terminal::print);
      case JSON -> terminal.print(Serialization.asJson(data).stripTrailing());
      case YAML -> terminal.print(Serialization.asYaml(data).stripTrailing());
    }
  }
}
