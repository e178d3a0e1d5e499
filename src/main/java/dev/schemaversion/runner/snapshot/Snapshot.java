package dev.schemaversion.runner.snapshot;

import dev.schemaversion.contract.Sha256;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A set of schemas at one moment, as sorted lines: equal for equal schemas, whatever their database
 * is called and however they came to be.
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

  /** A snapshot of lines that are sorted. */
  static Snapshot of(Header header, List<Line> read, List<IgnorePattern> ignore) {
    var ignored = new LinkedHashMap<String, Integer>();
    ignore.forEach(pattern -> ignored.put(pattern.toString(), 0));
    var lines = read.stream().filter(line -> !isIgnored(line, ignore, ignored)).toList();
    return new Snapshot(header, lines, ignored);
  }

  /** Every pattern counts what it hits, so that one which hits nothing is seen. */
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

  /** What the fingerprint depends on besides the lines. */
  public Header header() {
    return header;
  }

  /** One line for each object, sorted. */
  public List<Line> lines() {
    return lines;
  }

  /** How many objects each pattern of {@link Scope#ignore()} has left out. */
  public Map<String, Integer> ignored() {
    return Map.copyOf(ignored);
  }

  /** Whether there is nothing but schemas and extensions, neither counted nor ignored. */
  public boolean isEmpty() {
    return ignored.values().stream().allMatch(hits -> hits == 0)
        && lines.stream()
            .allMatch(line -> line.kind() == Kind.SCHEMA || line.kind() == Kind.EXTENSION);
  }

  /** {@code sha256:…} over header and lines; equal exactly for equal schemas under one header. */
  public String fingerprint() {
    return "sha256:"
        + Sha256.ofLines(
            Stream.concat(header.lines().stream(), lines.stream().map(Line::toString)));
  }
}
