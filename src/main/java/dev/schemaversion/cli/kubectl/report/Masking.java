package dev.schemaversion.cli.kubectl.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.schemaversion.contract.Mounts;
import java.util.regex.Pattern;

/** Takes out of texts and objects what may be a password. */
final class Masking {
  /** What stands in place of a masked value. */
  static final String MASK = "MASKED";

  /** The beginning of the operator's own variables, none of which is secret. */
  private static final String OWN_PREFIX = "SCHEMAVERSION_";

  /** The user information of a URL: up to the last at sign before a slash or a blank. */
  private static final Pattern USER_INFO =
      Pattern.compile("(?i)\\b([a-z][a-z0-9+.-]*://)[^\\s/\"'<>]*@");

  /** A name that speaks of a secret, an equals sign or a colon, and the value. */
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "(?i)((?:[\\w.-]*(?:password|passwd|pwd|secret[_-]?key|api[_-]?key|token)\"?'?)\\s*(?:=|:)\\s*)(\"[^\"]*\"|'[^']*'|[^\\s,;&}\\]]+)");

  /** {@code IDENTIFIED BY 'x'} and {@code PASSWORD 'x'} of a statement in a log. */
  private static final Pattern STATEMENT =
      Pattern.compile("(?i)\\b((?:identified\\s+by|password)\\s+)('(?:[^']|'')*'|\"[^\"]*\")");

  /** Lines of keys and certificates. */
  private static final Pattern PEM =
      Pattern.compile("(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----");

  private Masking() {}

  /** Returns a text without what looks like a password. */
  static String text(String text) {
    var masked = PEM.matcher(text).replaceAll(MASK);
    masked = USER_INFO.matcher(masked).replaceAll("$1" + MASK + "@");
    masked = STATEMENT.matcher(masked).replaceAll("$1" + MASK);
    return ASSIGNMENT.matcher(masked).replaceAll("$1" + MASK);
  }

  /**
   * Masks an object in place: the values of environment variables that are not the project's own,
   * of placeholders, and of a migration tool's files. Removes the copy of the manifest that kubectl
   * keeps, and managed fields.
   */
  static void object(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove("managedFields");
      if (object.get("annotations") instanceof ObjectNode annotations) {
        annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
      }
      if (object.has("env")) {
        env(object.get("env"));
      }
      maskValues(object.get("placeholders"));
      // Of a migration tool. A list of files is none.
      maskValues(object.get("files"));
    }
    node.forEach(Masking::object);
  }

  /** Variables of a container are a list; those of a migration tool are a map. */
  private static void env(JsonNode env) {
    maskValues(env);
    for (var variable : env) {
      var name = variable.path("name").asText();
      boolean own = name.startsWith(OWN_PREFIX) && !name.equals(Mounts.REQUEST);
      if (variable instanceof ObjectNode object && object.has("value") && !own) {
        object.put("value", MASK);
      }
    }
  }

  private static void maskValues(JsonNode node) {
    if (node instanceof ObjectNode map) {
      map.properties().forEach(entry -> entry.setValue(TextNode.valueOf(MASK)));
    }
  }
}
