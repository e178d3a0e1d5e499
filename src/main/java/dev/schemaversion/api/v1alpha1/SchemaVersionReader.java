package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Deserializes a SchemaVersion and tolerates invalid content. A newer release of the CRD may know
 * values that this release does not, and one such object must not end the watch on all others. A
 * spec or a status that cannot be parsed is null, and {@link SchemaVersion#getUnreadable()} names
 * the field.
 */
final class SchemaVersionReader extends JsonDeserializer<SchemaVersion> {
  /** The most characters of a spec or a status; anything that the CRD accepts is shorter. */
  private static final int MAX_CHARACTERS = 128 << 10;

  @Override
  public SchemaVersion deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    JsonNode tree = context.readTree(parser);
    var resource = new SchemaVersion();
    if (tree.hasNonNull("metadata")) {
      resource.setMetadata(context.readTreeAsValue(tree.get("metadata"), ObjectMeta.class));
    }
    resource.setSpec(read(resource, tree, "spec", SchemaVersionSpec.class, parser));
    resource.setStatus(read(resource, tree, "status", SchemaVersionStatus.class, parser));
    return resource;
  }

  private static <T> T read(
      SchemaVersion resource, JsonNode tree, String field, Class<T> type, JsonParser parser)
      throws IOException {
    if (!tree.hasNonNull(field)) {
      return null;
    }
    if (tree.get(field).toString().length() > MAX_CHARACTERS) {
      markUnreadable(resource, field + " (more than 128 KiB)");
      return null;
    }
    try {
      return ((ObjectMapper) parser.getCodec())
          .readerFor(type)
          // A newer release may have more fields.
          .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .readValue(tree.get(field));
    } catch (JsonMappingException e) {
      markUnreadable(resource, field + path(e));
      return null;
    }
  }

  private static void markUnreadable(SchemaVersion resource, String field) {
    // In the metadata, so that a copy of the object has it too.
    var metadata = resource.getMetadata();
    metadata.setAnnotations(
        new HashMap<>(Objects.requireNonNullElse(metadata.getAnnotations(), Map.of())));
    metadata.getAnnotations().put(Names.UNREADABLE, field);
  }

  private static String path(JsonMappingException problem) {
    return problem.getPath().stream()
        .map(
            step ->
                step.getFieldName() == null
                    ? "[" + step.getIndex() + "]"
                    : "." + step.getFieldName())
        .collect(Collectors.joining());
  }
}
