package dev.schemaversion.cli.option;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A SchemaVersion as a file has it, with the ConfigMaps that stand beside it.
 *
 * @param resource the SchemaVersion, with its spec
 * @param documents all objects of the file
 */
record Manifest(SchemaVersion resource, List<JsonNode> documents) {
  private static final YAMLMapper YAML = new YAMLMapper();

  /**
   * Reads a file.
   *
   * @param file its path, or {@code -} for standard input
   * @param name the name of the SchemaVersion; null if there is only one
   * @throws UsageError if it has no such SchemaVersion
   */
  static Manifest read(String file, String name, InputStream input) {
    var documents = documents(file, text(file, input));
    var found =
        documents.stream()
            .filter(each -> each.path("kind").asText().equals("SchemaVersion"))
            .filter(each -> name == null || name.equals(nameOf(each)))
            .toList();
    if (found.size() != 1) {
      throw new UsageError(
          found.isEmpty()
              ? "-f: %s has no SchemaVersion%s.".formatted(file, name == null ? "" : " " + name)
              : "-f: %s has several SchemaVersions (%s). Choose one with --name."
                  .formatted(
                      file,
                      found.stream().map(Manifest::nameOf).collect(Collectors.joining(", "))));
    }
    return new Manifest(resource(file, found.getFirst()), documents);
  }

  private static SchemaVersion resource(String file, JsonNode node) {
    try {
      var resource = YAML.treeToValue(node, SchemaVersion.class);
      if (resource.getUnreadable() != null || resource.getSpec() == null) {
        throw new UsageError(
            "-f: %s: %s cannot be read. Correct it; kubectl explain sv.spec says what it may be."
                .formatted(
                    file,
                    Optional.ofNullable(resource.getUnreadable()).orElse("the missing spec")));
      }
      return resource;
    } catch (JsonProcessingException e) {
      throw new UsageError("-f: %s: %s.".formatted(file, e.getOriginalMessage()));
    }
  }

  private static String text(String file, InputStream input) {
    try {
      return file.equals("-")
          ? new String(input.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(Path.of(file));
    } catch (IOException | UncheckedIOException e) {
      throw new UsageError("-f: %s cannot be read: %s.".formatted(file, e.getMessage()));
    }
  }

  private static List<JsonNode> documents(String file, String text) {
    var documents = new ArrayList<JsonNode>();
    try (var values =
        YAML.readerFor(JsonNode.class).<JsonNode>readValues(YAML.createParser(text))) {
      while (values.hasNextValue()) {
        var document = values.nextValue();
        if (document.path("kind").asText().equals("List")) {
          document.path("items").forEach(documents::add);
        } else if (document.isObject()) {
          documents.add(document);
        }
      }
    } catch (IOException e) {
      throw new UsageError("-f: %s is not YAML: %s.".formatted(file, firstLine(e)));
    }
    return documents;
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /**
   * Returns the migrations of the ConfigMaps that the resource names; empty if the file does not
   * have all of them.
   */
  Optional<Map<String, byte[]>> migrations() {
    var names = resource.getSpec().migrations().configMaps();
    var files = new TreeMap<String, byte[]>();
    for (var each : names) {
      var map =
          documents.stream()
              .filter(document -> document.path("kind").asText().equals("ConfigMap"))
              .filter(document -> nameOf(document).equals(each.name()))
              .findFirst();
      if (map.isEmpty()) {
        return Optional.empty();
      }
      add(map.get(), files);
    }
    return names.isEmpty() ? Optional.empty() : Optional.of(files);
  }

  private static void add(JsonNode map, Map<String, byte[]> files) {
    map.path("data")
        .properties()
        .forEach(
            entry ->
                files.put(
                    entry.getKey(), entry.getValue().asText().getBytes(StandardCharsets.UTF_8)));
    map.path("binaryData")
        .properties()
        .forEach(
            entry ->
                files.put(entry.getKey(), Base64.getDecoder().decode(entry.getValue().asText())));
  }

  private static String nameOf(JsonNode document) {
    return document.path("metadata").path("name").asText();
  }
}
