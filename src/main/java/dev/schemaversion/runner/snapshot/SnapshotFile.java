package dev.schemaversion.runner.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Writes a snapshot as JSON with one object a line, and reads it again. */
public final class SnapshotFile {
  private static final String FORMAT = "schemaversion.dev/snapshot/1";
  private static final JsonMapper JSON = new JsonMapper();

  private SnapshotFile() {}

  /** Thrown when a text is not a snapshot. */
  public static final class InvalidSnapshot extends RuntimeException {
    InvalidSnapshot(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private record Content(
      String format,
      int lineFormat,
      String engine,
      String major,
      List<String> ignore,
      boolean grants,
      List<String> outside,
      String fingerprint,
      List<Item> lines) {}

  private record Item(String kind, String within, String name, String definition, String state) {}

  /** Returns the text of a file. */
  public static String write(Snapshot snapshot) {
    var header = snapshot.header();
    var fields = new LinkedHashMap<String, Object>();
    fields.put("format", FORMAT);
    fields.put("lineFormat", header.format());
    fields.put("engine", header.engine());
    fields.put("major", header.major());
    fields.put("ignore", header.ignore());
    fields.put("grants", header.grants());
    fields.put("outside", header.outside().entries());
    fields.put("fingerprint", snapshot.fingerprint());
    return fields.entrySet().stream()
        .map(field -> "  \"" + field.getKey() + "\": " + json(field.getValue()) + ",\n")
        .collect(
            Collectors.joining(
                "",
                "{\n",
                snapshot.lines().stream()
                    .map(line -> "    " + json(item(line)))
                    .collect(Collectors.joining(",\n", "  \"lines\": [\n", "\n  ]\n}\n"))));
  }

  /**
   * Reads the text of a file.
   *
   * @throws InvalidSnapshot if it is none
   */
  public static Snapshot read(String text) {
    try {
      var content = JSON.readValue(text, Content.class);
      if (content == null || !FORMAT.equals(content.format())) {
        throw new InvalidSnapshot("is not a snapshot of the format " + FORMAT, null);
      }
      return snapshot(content);
    } catch (JsonProcessingException e) {
      throw new InvalidSnapshot("is not a snapshot: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new InvalidSnapshot("is not a whole snapshot: " + e.getMessage(), e);
    }
  }

  private static Snapshot snapshot(Content content) {
    var header =
        new Header(
            content.lineFormat(),
            Objects.requireNonNull(content.engine(), "engine"),
            Objects.requireNonNull(content.major(), "major"),
            Objects.requireNonNull(content.ignore(), "ignore"),
            content.grants(),
            new Outside(Objects.requireNonNull(content.outside(), "outside")));
    var lines =
        Objects.requireNonNull(content.lines(), "lines").stream()
            .map(SnapshotFile::line)
            .sorted()
            .toList();
    return Snapshot.of(header, lines, List.of());
  }

  private static Item item(Line line) {
    return new Item(
        line.kind().toString(), line.within(), line.local(), line.definition(), line.state());
  }

  private static Line line(Item item) {
    return new Line(
        Kind.of(Objects.requireNonNull(item.kind(), "kind")),
        Objects.requireNonNull(item.within(), "within"),
        Objects.requireNonNull(item.name(), "name"),
        Objects.requireNonNull(item.definition(), "definition"),
        Objects.requireNonNull(item.state(), "state"));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values can always be serialized", e);
    }
  }
}
