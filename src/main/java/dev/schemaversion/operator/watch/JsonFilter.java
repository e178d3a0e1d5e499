package dev.schemaversion.operator.watch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.async.ByteBufferFeeder;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Copies a stream of JSON values without the fields that are not kept. The stream is filtered in
 * chunks, as they arrive, and at most one string of it is buffered. The output is ASCII, with a
 * line feed after each top-level value.
 */
final class JsonFilter {
  /** The API server limits an object to some megabytes, whatever its structure. */
  private static final int OBJECT_BYTES = 8 << 20;

  /** Without symbol tables, which the names of dropped fields would fill. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(OBJECT_BYTES)
                  .maxStringLength(OBJECT_BYTES)
                  .maxNumberLength(OBJECT_BYTES)
                  .maxNestingDepth(OBJECT_BYTES)
                  .build())
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(OBJECT_BYTES).build())
          .build();

  /** An object or list whose end has not been copied yet. */
  private static final class Open {
    private final KeptFields kept;
    private final boolean list;
    private int elements;

    Open(KeptFields kept, boolean list) {
      this.kept = kept;
      this.list = list;
    }
  }

  private final KeptFields root;
  private final JsonParser parser;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final JsonGenerator generator;
  private final Deque<Open> open = new ArrayDeque<>();

  /** What to keep of the next value in an object; null drops the value. */
  private KeptFields next;

  /** The nesting depth within a dropped value; 0 outside of one. */
  private int droppedDepth;

  JsonFilter(KeptFields root) throws IOException {
    this.root = root;
    this.parser = JSON.createNonBlockingByteBufferParser();
    this.generator = JSON.createGenerator(output);
    generator.setRootValueSeparator(null);
  }

  /**
   * Filters the next chunk of the stream.
   *
   * @return the output so far, which may be empty
   * @throws IOException if the stream is not JSON
   */
  byte[] filter(ByteBuffer chunk) throws IOException {
    ((ByteBufferFeeder) parser.getNonBlockingInputFeeder()).feedInput(chunk);
    for (var token = parser.nextToken();
        token != null && token != JsonToken.NOT_AVAILABLE;
        token = parser.nextToken()) {
      copy(token);
    }
    generator.flush();
    var kept = output.toByteArray();
    output.reset();
    return kept;
  }

  private void copy(JsonToken token) throws IOException {
    if (droppedDepth > 0) {
      droppedDepth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    } else if (token == JsonToken.FIELD_NAME) {
      next = open.element().kept.of(parser.currentName());
      if (next != null) {
        generator.writeFieldName(parser.currentName());
      }
    } else if (token.isStructEnd()) {
      close(token);
    } else {
      copyValue(token, keptOfValue());
    }
  }

  /** Returns what to keep of the value that starts with the current token, or null to drop it. */
  private KeptFields keptOfValue() {
    var parent = open.peek();
    if (parent == null) {
      return root;
    }
    if (!parent.list) {
      return next;
    }
    parent.elements++;
    boolean tooMany = parent.kept.limited() && parent.elements > KeptFields.MAX_ELEMENTS;
    return tooMany ? null : parent.kept;
  }

  private void copyValue(JsonToken token, KeptFields kept) throws IOException {
    if (kept == null) {
      droppedDepth = token.isStructStart() ? 1 : 0;
      return;
    }
    switch (token) {
      case START_OBJECT -> {
        generator.writeStartObject();
        open.push(new Open(kept, false));
      }
      case START_ARRAY -> {
        generator.writeStartArray();
        open.push(new Open(kept, true));
      }
      case VALUE_STRING -> generator.writeString(text(kept));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> generator.writeNumber(parser.getText());
      default -> generator.copyCurrentEvent(parser);
    }
  }

  private String text(KeptFields kept) throws IOException {
    var text = parser.getText();
    return kept.limited() && text.length() > KeptFields.MAX_TEXT
        ? text.substring(0, KeptFields.MAX_TEXT) + KeptFields.ELLIPSIS
        : text;
  }

  private void close(JsonToken token) throws IOException {
    open.pop();
    if (token == JsonToken.END_OBJECT) {
      generator.writeEndObject();
    } else {
      generator.writeEndArray();
    }
    if (open.isEmpty()) {
      generator.writeRaw('\n');
    }
  }
}
