package dev.schemaversion.decide.specs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Random values that satisfy a schema of the CRD. */
final class SchemaValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /**
   * A text of nearly the largest size: the API server stores no object of more than about 1.5 MB.
   */
  private static final String LONGEST_KEY = "k".repeat(60_000);

  private final Random random;
  private final Texts texts;
  private final Vocabulary words;
  private final double density;
  private final boolean recorded;

  /**
   * Values of one object.
   *
   * @param density the share of optional fields that the object has
   * @param recorded whether the operator writes the object
   */
  SchemaValues(Random random, Texts texts, double density, boolean recorded) {
    this.random = random;
    this.texts = texts;
    this.words = new Vocabulary(texts);
    this.density = density;
    this.recorded = recorded;
  }

  /** Returns the value of a field. */
  JsonNode of(String name, JsonNode schema) {
    return value(name, schema, 0);
  }

  private JsonNode value(String name, JsonNode schema, int depth) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      if (name.equals("version")) {
        return random.nextInt(3) == 0
            ? JSON.numberNode(random.nextInt(20))
            : JSON.textNode(text(name, schema));
      }
      return JSON.textNode(texts.one(List.of("1", "100m", "64Mi", "0", "1.5")));
    }
    if (schema.has("enum")) {
      return texts.one(schema.get("enum").valueStream().toList());
    }
    return switch (schema.path("type").asText()) {
      case "object" -> object(name, schema, depth);
      case "array" -> {
        var list = JSON.arrayNode();
        int least = schema.path("minItems").asInt(0);
        int most = Math.min(schema.path("maxItems").asInt(4), random.nextInt(10) == 0 ? 20 : 3);
        for (int i = random.nextInt(least, most + 1); i > 0; i--) {
          list.add(value(name, schema.get("items"), depth + 1));
        }
        yield list;
      }
      case "integer" -> integer(schema);
      case "number" -> JSON.numberNode(random.nextDouble());
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      default -> JSON.textNode(text(name, schema));
    };
  }

  private JsonNode object(String name, JsonNode schema, int depth) {
    var object = JSON.objectNode();
    Set<String> required =
        StreamSupport.stream(schema.path("required").spliterator(), false)
            .map(JsonNode::textValue)
            .collect(Collectors.toSet());
    for (var property : schema.path("properties").properties()) {
      // Fewer fields at greater depth, because affinities are deep.
      if (required.contains(property.getKey())
          || random.nextDouble() < density * Math.pow(recorded ? 0.95 : 0.8, depth)) {
        object.set(property.getKey(), value(property.getKey(), property.getValue(), depth + 1));
      }
    }
    if (schema.path("additionalProperties").isObject()) {
      for (int i = random.nextInt(3); i > 0; i--) {
        object.set(
            random.nextInt(500) == 0 ? LONGEST_KEY : texts.hostile(),
            value(name, schema.get("additionalProperties"), depth + 1));
      }
    }
    return object;
  }

  /** As a parser reads it: of the smallest type that has room for it. */
  private static JsonNode number(long value) {
    return value == (int) value ? JSON.numberNode((int) value) : JSON.numberNode(value);
  }

  private JsonNode integer(JsonNode schema) {
    long least = schema.path("minimum").asLong(0);
    long most = schema.path("maximum").asLong(100_000);
    return number(texts.one(List.of(least, most, random.nextLong(least, most + 1))));
  }

  private String text(String name, JsonNode schema) {
    return recorded && random.nextInt(12) > 0
        ? words.of(name)
        : texts.valid(
            schema.path("pattern").textValue(),
            schema.path("minLength").asInt(0),
            schema.path("maxLength").asInt(Integer.MAX_VALUE));
  }
}
