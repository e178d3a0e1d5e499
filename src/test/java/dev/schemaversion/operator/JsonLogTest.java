package dev.schemaversion.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.processing.MDCUtils;
import io.quarkus.logging.json.runtime.JsonFormatter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Properties;
import java.util.Set;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.StructuredFormatter.ExceptionOutputType;
import org.junit.jupiter.api.Test;

/** With {@code logFormat: json}, a message is one JSON object in one line. */
class JsonLogTest {
  private static final Path PROPERTIES =
      Path.of("src", "main", "resources", "application.properties");

  @Test
  void aMessageIsOneLineOfJsonWithTheResourceItIsAbout() {
    var resource =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("orders")
            .withUid("5f0c1f5e-0000-4000-8000-000000000001")
            .withResourceVersion("7")
            .withGeneration(1L)
            .endMetadata()
            .build();
    var lines = new ArrayList<String>();

    // As the SDK does around each reconciliation.
    MDCUtils.withMDCForResource(
        resource,
        () -> lines.add(format("\"quoted\"\nand of two lines", new IOException("refused"))));

    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst()).endsWith("\n");
    assertThat(lines.getFirst().strip().lines()).hasSize(1);
    var json = parsed(lines.getFirst());
    assertThat(json.get("message").asText()).isEqualTo("\"quoted\"\nand of two lines");
    assertThat(json.get("level").asText()).isEqualTo("WARN");
    assertThat(json.get("loggerName").asText()).isEqualTo("dev.schemaversion.Test");
    assertThat(json.get("timestamp").asText()).isNotBlank();
    assertThat(json.at("/mdc/resource.namespace").asText()).isEqualTo("shop");
    assertThat(json.at("/mdc/resource.name").asText()).isEqualTo("orders");
    assertThat(json.get("stackTrace").asText())
        .contains("IOException: refused")
        .contains("\n\tat ");
    assertThat(json.has("hostName")).isFalse();
  }

  @Test
  void aMessageAboutNoResourceHasNone() {
    assertThat(parsed(format("started", null)).at("/mdc")).isEmpty();
  }

  private static String format(String message, Exception exception) {
    var record =
        new ExtLogRecord(Level.WARN, message, ExtLogRecord.FormatStyle.NO_FORMAT, "caller");
    record.setLoggerName("dev.schemaversion.Test");
    record.setThrown(exception);
    return formatter().format(record);
  }

  /** As Quarkus makes it of the operator's settings. */
  private static ExtFormatter formatter() {
    var settings = new Properties();
    try (var file = Files.newBufferedReader(PROPERTIES)) {
      settings.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var prefix = "quarkus.log.console.json.";
    assertThat(settings.getProperty(prefix + "enabled")).isEqualTo("false");
    var formatter = new JsonFormatter();
    formatter.setExcludedKeys(
        Set.of(settings.getProperty(prefix + "excluded-keys").split(",", -1)));
    assertThat(settings.getProperty(prefix + "exception-output-type")).isEqualTo("formatted");
    formatter.setExceptionOutputType(ExceptionOutputType.FORMATTED);
    return formatter;
  }

  private static JsonNode parsed(String line) {
    try {
      return new JsonMapper().readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
