package dev.schemaversion.docs;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The chart's values: their comments and defaults in values.yaml, their types in the schema. */
final class ChartValues {
  /**
   * A value.
   *
   * @param path such as {@code scratch.mariadb.images}
   * @param comment what it means; empty if there is no comment
   */
  record Value(String path, String type, JsonNode byDefault, String comment) {}

  private static final Path CHART = Path.of("charts", "schemaversion-operator");
  private static final Pattern COMMENT = Pattern.compile("( *)# ?(.*)");
  private static final Pattern KEY = Pattern.compile("( *)(\\w+):( .*)?");

  private final JsonNode values;
  private final JsonNode schema;
  private final String text;

  private ChartValues(String text, String schema) {
    this.text = text;
    this.values = Serialization.unmarshal(text, JsonNode.class);
    this.schema = Serialization.unmarshal(schema, JsonNode.class);
  }

  /** Those that are shipped. */
  static List<Value> shipped() {
    return of(
        Pages.read(CHART.resolve("values.yaml")), Pages.read(CHART.resolve("values.schema.json")));
  }

  /**
   * Reads values.
   *
   * @throws IllegalArgumentException for a line that is neither a comment nor a key, and for a
   *     value that the schema does not have
   */
  static List<Value> of(String text, String schema) {
    return new ChartValues(text, schema).read();
  }

  private List<Value> read() {
    var found = new ArrayList<Value>();
    var comments = new TreeMap<Integer, String>();
    var keys = new TreeMap<Integer, String>();
    boolean continued = false;
    for (var line : text.lines().toList()) {
      var comment = COMMENT.matcher(line);
      var key = KEY.matcher(line);
      if (line.isBlank()) {
        comments.clear();
      } else if (comment.matches()) {
        int indent = comment.group(1).length();
        comments.tailMap(indent, !continued).clear();
        comments.merge(indent, comment.group(2), (above, next) -> above + " " + next);
      } else if (key.matches()) {
        int indent = key.group(1).length();
        comments.tailMap(indent, false).clear();
        keys.tailMap(indent, true).clear();
        keys.put(indent, key.group(2));
        add(String.join(".", keys.values()), comments, found);
      } else {
        throw new IllegalArgumentException("neither a comment nor a key: " + line);
      }
      continued = comment.matches();
    }
    return List.copyOf(found);
  }

  private void add(String path, NavigableMap<Integer, String> comments, List<Value> found) {
    var byDefault = values.at("/" + path.replace('.', '/'));
    if (byDefault.isObject() && !byDefault.isEmpty()) {
      return;
    }
    var nearest = comments.isEmpty() ? "" : comments.lastEntry().getValue();
    found.add(new Value(path, type(path), byDefault, nearest));
  }

  private String type(String path) {
    var node = schema;
    for (var name : path.split("\\.", -1)) {
      var properties = node.path("properties").path(name);
      node = resolved(properties.isMissingNode() ? node.path("additionalProperties") : properties);
    }
    if (node.has("enum")) {
      return list(node.get("enum"), "`");
    }
    if (!node.has("type")) {
      throw new IllegalArgumentException("values.schema.json has no type of " + path);
    }
    return node.get("type").isArray() ? list(node.get("type"), "") : node.get("type").asText();
  }

  private JsonNode resolved(JsonNode node) {
    var reference = node.path("$ref").asText();
    return reference.isEmpty() ? node : schema.at(reference.substring(1));
  }

  private static String list(JsonNode names, String quote) {
    return StreamSupport.stream(names.spliterator(), false)
        .map(name -> quote + name.asText() + quote)
        .collect(Collectors.joining(" or "));
  }
}
