package dev.schemaversion.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.StdConverter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The digests of accepted differences in a report: one text in Base64 instead of a list, because a
 * report has little room and must contain all of them.
 */
final class AcceptedDigests {
  private static final int BYTES = 8;
  private static final HexFormat HEX = HexFormat.of();

  private AcceptedDigests() {}

  /** Serializes the digests; those that do not have 16 hexadecimal digits as the list they are. */
  static final class Writer extends StdConverter<List<String>, Object> {
    @Override
    public Object convert(List<String> digests) {
      return digests.stream().allMatch(digest -> digest.matches("[0-9a-f]{16}"))
          ? Base64.getEncoder().encodeToString(HEX.parseHex(String.join("", digests)))
          : digests;
    }
  }

  /** Parses what {@link Writer} serializes. */
  static final class Reader extends StdConverter<JsonNode, List<String>> {
    @Override
    public List<String> convert(JsonNode json) {
      return json.isTextual()
          ? digests(Base64.getDecoder().decode(json.textValue()))
          : StreamSupport.stream(json.spliterator(), false).map(JsonNode::asText).toList();
    }

    private static List<String> digests(byte[] bytes) {
      var digests = new ArrayList<String>();
      for (int from = 0; from < bytes.length; from += BYTES) {
        digests.add(HEX.formatHex(bytes, from, Math.min(from + BYTES, bytes.length)));
      }
      return List.copyOf(digests);
    }
  }
}
