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
 * A copy of a stream of JSON values without the fields that are not kept. It takes the stream in
 * pieces, as they arrive, and never holds more than one text of it. Each value ends with a line
 * feed, and only ASCII is written.
 */
final class JsonFilter {
  /** The API server bounds an object at some megabytes, however it is made up. */
  private static final int OBJECT_BYTES = 8 << 20;

  /** Without tables of names: those of dropped fields would fill them. */
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

  /** An object or list that is being copied. */
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

  /** What is kept of the value that comes next in an object; null drops it. */
  private KeptFields next;

  /** How many objects and lists are open within what is dropped. */
  private int dropped;

  JsonFilter(KeptFields root) throws IOException {
    this.root = root;
    this.parser = JSON.createNonBlockingByteBufferParser();
    this.generator = JSON.createGenerator(output);
    generator.setRootValueSeparator(null);
  }

  /**
   * Takes the next piece of the stream.
   *
   * @return what is kept of what is complete by now, which may be nothing
   * @throws IOException if it is not JSON
   */
  byte[] take(ByteBuffer piece) throws IOException {
    ((ByteBufferFeeder) parser.getNonBlockingInputFeeder()).feedInput(piece);
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
    if (dropped > 0) {
      dropped += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    } else if (token == JsonToken.FIELD_NAME) {
      next = open.element().kept.of(parser.currentName());
      if (next != null) {
        generator.writeFieldName(parser.currentName());
      }
    } else if (token.isStructEnd()) {
      close(token);
    } else {
      value(token, kept());
    }
  }

  /** What is kept of the value that begins here, or null. */
  private KeptFields kept() {
    var around = open.peek();
    if (around == null) {
      return root;
    }
    if (!around.list) {
      return next;
    }
    around.elements++;
    boolean tooMany = around.kept.limited() && around.elements > KeptFields.MOST_ELEMENTS;
    return tooMany ? null : around.kept;
  }

  private void value(JsonToken token, KeptFields kept) throws IOException {
    if (kept == null) {
      dropped = token.isStructStart() ? 1 : 0;
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
    return kept.limited() && text.length() > KeptFields.LONGEST_TEXT
        ? text.substring(0, KeptFields.LONGEST_TEXT) + KeptFields.CUT
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
