package dev.schemaversion.e2e.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Changes the objects in responses of the API server as a {@link Fault} demands. */
final class Changed {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Changed() {}

  /** A list, or an object. */
  static byte[] answer(byte[] body, Fault fault) throws IOException {
    var answer = JSON.readTree(body);
    if (answer.has("items")) {
      answer.get("items").forEach(item -> change(item, fault));
    } else {
      change(answer, fault);
    }
    return JSON.writeValueAsBytes(answer);
  }

  private static void change(JsonNode object, Fault fault) {
    if (object instanceof ObjectNode node) {
      fault.change(node);
    }
  }

  /** The lines of a watch, each of which goes out as soon as it is whole. */
  static final class Lines {
    private final OutputStream out;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    Lines(OutputStream out) {
      this.out = out;
    }

    void write(byte[] bytes, int count, Fault fault) throws IOException {
      for (int i = 0; i < count; i++) {
        begun.write(bytes[i]);
        if (bytes[i] == '\n') {
          out.write(fault == Fault.NONE ? begun.toByteArray() : changed(fault));
          begun.reset();
        }
      }
      out.flush();
    }

    private byte[] changed(Fault fault) throws IOException {
      var event = JSON.readTree(begun.toByteArray());
      change(event.path("object"), fault);
      return (JSON.writeValueAsString(event) + "\n").getBytes(StandardCharsets.UTF_8);
    }
  }
}
