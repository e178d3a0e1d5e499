package dev.schemaversion.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.schemaversion.contract.Report;
import java.util.List;

/** The JSON form of a result, which {@code docs/command-line.md} documents. */
final class JsonText {
  private static final String FORMAT = "schemaversion.dev/result/1";
  private static final JsonMapper JSON = new JsonMapper();

  private JsonText() {}

  static String of(Result result) {
    var json = JSON.createObjectNode();
    json.put("format", FORMAT);
    json.put("command", result.command());
    json.put("outcome", result.outcome().reason());
    json.put("exitCode", result.exitCode());
    json.put("message", result.message());
    put(json, "versions", result.versions());
    put(json, "files", result.files());
    put(json, "ignored", result.ignored());
    put(json, "problems", result.problems());
    put(json, "differences", result.differences());
    put(json, "notes", result.notes());
    if (result.report() != null) {
      add(json, result.report());
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values can always be serialized", e);
    }
  }

  private static void put(ObjectNode json, String name, List<String> values) {
    if (values != null) {
      var list = json.putArray(name);
      values.forEach(list::add);
    }
  }

  /** Leaves out what only the operator needs. */
  private static void add(ObjectNode json, Report report) {
    ObjectNode fields = JSON.valueToTree(report);
    fields.remove(List.of("step", "outcome", "message", "migrationsApplied"));
    json.setAll(fields);
  }
}
