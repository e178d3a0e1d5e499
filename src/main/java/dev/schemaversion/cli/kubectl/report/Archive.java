package dev.schemaversion.cli.kubectl.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemaversion.cli.kubectl.cluster.ApiFailures;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The files of a report. Every text is masked when it is added. */
final class Archive {
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  private final Map<String, String> files = new LinkedHashMap<>();
  private final List<String> missing = new ArrayList<>();

  /** Adds a text, unless the API server does not give it. */
  void text(String file, Supplier<String> text) {
    try {
      files.put(file, Masking.text(text.get()));
    } catch (KubernetesClientException e) {
      missing.add(file + ": " + Masking.text(ApiFailures.explain(e, "")));
    }
  }

  /** Adds objects as YAML, unless the API server does not give them. */
  void objects(String file, Supplier<?> objects) {
    text(
        file,
        () -> {
          var tree = SERIALIZATION.convertValue(objects.get(), JsonNode.class);
          Masking.object(tree);
          return SERIALIZATION.asYaml(tree);
        });
  }

  /** Returns the names of the files. */
  List<String> names() {
    return List.copyOf(files.keySet());
  }

  /** Returns what the API server did not give, and why. */
  List<String> missing() {
    return missing;
  }

  /**
   * Writes the files.
   *
   * @throws IOException also if the file exists
   */
  void write(Path file) throws IOException {
    try (var zip =
        new ZipOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW))) {
      for (var entry : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
  }
}
