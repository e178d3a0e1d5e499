package dev.schemaversion.decide.specs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Makes valid resources invalid, in one place at a time. */
final class Mutations {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Random random;
  private final Texts texts;

  Mutations(Random random, Texts texts) {
    this.random = random;
    this.texts = texts;
  }

  /** Violates the schema somewhere in an object. */
  void spoil(ObjectNode object, JsonNode schema) {
    var properties = schema.path("properties");
    var names =
        (properties.isEmpty() ? object : properties).propertyStream().map(e -> e.getKey()).toList();
    if (names.isEmpty()) {
      object.put("unknown", texts.hostile());
      return;
    }
    var name = texts.one(names);
    var value = object.path(name);
    if (value instanceof ObjectNode below && random.nextInt(3) > 0) {
      spoil(below, properties.path(name));
    } else if (value instanceof ArrayNode list && !list.isEmpty() && random.nextInt(2) > 0) {
      int place = random.nextInt(list.size());
      if (list.get(place) instanceof ObjectNode item) {
        spoil(item, properties.path(name).path("items"));
      } else {
        list.set(place, wrong(properties.path(name).path("items")));
      }
    } else if (random.nextInt(3) == 0) {
      object.remove(name);
    } else {
      object.set(name, wrong(properties.path(name)));
    }
  }

  private JsonNode wrong(JsonNode schema) {
    if (random.nextInt(3) == 0) {
      return JSON.nullNode();
    }
    var ofAnotherType =
        List.of(
            JSON.nullNode(),
            JSON.textNode(texts.hostile()),
            JSON.numberNode(random.nextInt()),
            JSON.booleanNode(true),
            JSON.arrayNode(),
            JSON.objectNode());
    boolean text = schema.path("type").asText("string").equals("string") && schema.has("pattern");
    return switch (text ? "string" : schema.path("type").asText()) {
      case "string" ->
          JSON.textNode(
              schema.has("pattern") && random.nextBoolean()
                  ? texts.invalid(schema.get("pattern").textValue())
                  : texts.hostile());
      case "integer" -> JSON.numberNode(texts.one(List.of(-1, 0, 65_536, Integer.MIN_VALUE)));
      case "array" -> texts.one(List.of(JSON.arrayNode(), JSON.arrayNode().addNull()));
      case "object" -> random.nextBoolean() ? JSON.objectNode() : texts.one(ofAnotherType);
      default -> texts.one(ofAnotherType);
    };
  }
}
