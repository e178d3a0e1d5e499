package dev.schemaversion.desired;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.schemaversion.contract.Sha256;

/** Computes SHA-256 digests of values in canonical JSON, which does not depend on map order. */
final class Digest {
  private static final JsonMapper CANONICAL =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private Digest() {}

  /** Returns the hexadecimal digest of a value of records, lists, maps and plain values. */
  static String of(Object value) {
    try {
      return Sha256.of(CANONICAL.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values can always be serialized", e);
    }
  }
}
