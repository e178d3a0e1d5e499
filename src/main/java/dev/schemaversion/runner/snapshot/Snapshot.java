package dev.schemaversion.runner.snapshot;

import dev.schemaversion.contract.Sha256;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A snapshot of a set of schemas as sorted lines. Equal schemas have equal snapshots, independent
 * of the name of the database and of the statements that created them.
 */
public final class Snapshot {
  private final Header header;
  private final List<Line> lines;
  private final Map<String, Integer> ignored;

  private Snapshot(Header header, List<Line> lines, Map<String, Integer> ignored) {
    this.header = header;
    this.lines = lines;
    this.ignored = ignored;
  }

  /** Creates a snapshot of sorted lines, without the ignored ones. */
  static Snapshot of(Header header, List<Line> read, List<IgnorePattern> ignore) {
    var ignored = new LinkedHashMap<String, Integer>();
    ignore.forEach(pattern -> ignored.put(pattern.toString(), 0));
    var lines = read.stream().filter(line -> !isIgnored(line, ignore, ignored)).toList();
    return new Snapshot(header, lines, ignored);
  }

  /** Counts the hits of every pattern, so that a pattern without hits becomes visible. */
  private static boolean isIgnored(
      Line line, List<IgnorePattern> ignore, Map<String, Integer> ignored) {
    if (ignore.isEmpty()) {
      return false;
    }
    var hits = ignore.stream().filter(pattern -> pattern.matches(line)).toList();
    hits.stream()
        .map(IgnorePattern::toString)
        .distinct()
        .forEach(pattern -> ignored.merge(pattern, 1, Integer::sum));
    return !hits.isEmpty();
  }

  /** Returns this snapshot without some of its objects. */
  public Snapshot without(LeftOut leftOut) {
    return leftOut.isEmpty()
        ? this
        : new Snapshot(
            header, lines.stream().filter(line -> !leftOut.covers(line)).toList(), ignored);
  }

  /** The part of the fingerprint besides the lines. */
  public Header header() {
    return header;
  }

  /** The objects that count, one sorted line each. */
  public List<Line> lines() {
    return lines;
  }

  /** The number of objects that each pattern of {@link Scope#ignore()} excluded. */
  public Map<String, Integer> ignored() {
    return Map.copyOf(ignored);
  }

  /** The objects in the schemas that count; schemas and extensions themselves are none. */
  public List<Line> objects() {
    return lines.stream()
        .filter(line -> line.kind() != Kind.SCHEMA && line.kind() != Kind.EXTENSION)
        .toList();
  }

  /** Whether the schemas contain no objects but extensions, ignored objects included. */
  public boolean isEmpty() {
    return ignored.values().stream().allMatch(hits -> hits == 0) && objects().isEmpty();
  }

  /**
   * Returns {@code sha256:…} over header and lines; under one header, equal exactly for equal
   * schemas.
   */
  public String fingerprint() {
    return "sha256:"
        + Sha256.ofLines(
            Stream.concat(header.lines().stream(), lines.stream().map(Line::toString)));
  }
}
