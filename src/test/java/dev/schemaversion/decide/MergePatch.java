package dev.schemaversion.decide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Applies JSON merge patches, as the API server does. */
final class MergePatch {
  private MergePatch() {}

  /** Returns the target with the changes; a null removes a field. */
  static JsonNode applied(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    var merged =
        target instanceof ObjectNode object
            ? object.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    changes
        .properties()
        .forEach(
            change -> {
              if (change.getValue().isNull()) {
                merged.remove(change.getKey());
              } else {
                merged.set(
                    change.getKey(), applied(merged.get(change.getKey()), change.getValue()));
              }
            });
    return merged;
  }
}
