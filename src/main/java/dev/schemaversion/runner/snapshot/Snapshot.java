package dev.schemaversion.runner.snapshot;

import dev.schemaversion.contract.Sha256;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    var partitions = new HashSet<String>(); // the ignored ones
    var lines =
        read.stream().filter(line -> !isIgnored(line, ignore, ignored, partitions)).toList();
    for (var before = -1; before != partitions.size(); ) {
      before = partitions.size();
      lines = lines.stream().filter(line -> !isWithin(line, partitions)).toList();
    }
    return new Snapshot(header, lines, ignored);
  }

  /** Counts the hits of every pattern, so that a pattern without hits becomes visible. */
  private static boolean isIgnored(
      Line line, List<IgnorePattern> ignore, Map<String, Integer> ignored, Set<String> partitions) {
    if (ignore.isEmpty()) {
      return false;
    }
    var hits = ignore.stream().filter(pattern -> pattern.matches(line)).toList();
    hits.stream()
        .map(IgnorePattern::toString)
        .distinct()
        .forEach(pattern -> ignored.merge(pattern, 1, Integer::sum));
    if (!hits.isEmpty() && line.kind() == Kind.PARTITION) {
      partitions.add(line.container());
    }
    return !hits.isEmpty();
  }

  /** What is in an ignored partition is ignored too, and so are its own partitions. */
  private static boolean isWithin(Line line, Set<String> partitions) {
    if (!partitions.contains(line.within())) {
      return false;
    }
    if (line.kind() == Kind.PARTITION) {
      partitions.add(line.container());
    }
    return true;
  }

  /** Returns this snapshot without some of its objects. */
  public Snapshot without(LeftOut leftOut) {
    return leftOut.isEmpty()
        ? this
        : new Snapshot(
            header, lines.stream().filter(line -> !leftOut.covers(line)).toList(), ignored);
  }

  /**
   * Returns this snapshot with settings of the database, which count unless they are ignored.
   *
   * @param ignore the patterns of objects that do not count
   */
  public Snapshot with(List<Line> settings, List<IgnorePattern> ignore) {
    var counted = new LinkedHashMap<>(ignored);
    var counting =
        settings.stream()
            .filter(line -> !isIgnored(line, ignore, counted, new HashSet<>()))
            .toList();
    var objects = lines.stream().filter(line -> line.kind() != Kind.SETTING);
    return new Snapshot(
        header, Stream.concat(objects, counting.stream()).sorted().toList(), counted);
  }

  /**
   * Returns this snapshot with other objects outside the schemas.
   *
   * @param outside a snapshot of nothing but these
   */
  public Snapshot with(Snapshot outside) {
    var inside = lines.stream().filter(line -> !header.outside().covers(line));
    return new Snapshot(
        header.with(outside.header().outside()),
        Stream.concat(inside, outside.lines.stream()).distinct().sorted().toList(),
        ignored);
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

  /** The settings of the database, if they were read. */
  public List<Line> settings() {
    return lines.stream().filter(line -> line.kind() == Kind.SETTING).toList();
  }

  /**
   * The objects in the schemas that count. Schemas themselves are none, nor are grants, settings
   * and what belongs to the whole database, such as extensions.
   */
  public List<Line> objects() {
    return lines.stream().filter(line -> line.kind().isObject()).toList();
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
            Stream.concat(
                header.lines().stream(),
                lines.stream()
                    .filter(line -> header.grants() || !line.kind().isRight())
                    .map(Line::toString)));
  }
}
