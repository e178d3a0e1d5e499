package dev.schemaversion.runner.snapshot.comparison;

import dev.schemaversion.runner.snapshot.Catalog;
import dev.schemaversion.runner.snapshot.Kind;
import dev.schemaversion.runner.snapshot.Line;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.Witness;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses witnesses among the differences between a built schema and the one that was found. While
 * one of them is confirmed, a later state of the built schema differs too, whatever else changes.
 */
public final class Witnesses {
  /** Of each side. The more there are, the longer some last; the fewer, the faster the query. */
  private static final int MOST = 40;

  /** Which are chosen only affects the speed; a fixed seed makes runs alike. */
  private static final long SEED = 1;

  private static final Set<Kind> RELATIONS =
      EnumSet.of(Kind.TABLE, Kind.FOREIGN_TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.SEQUENCE);

  private final Snapshot built;
  private final Snapshot found;

  /** What unexpected lines may be in without counting, see {@link Significance}. */
  private final Set<String> additions;

  private Witnesses(Snapshot built, Snapshot found) {
    this.built = built;
    this.found = found;
    this.additions =
        found.lines().stream()
            .filter(line -> line.kind() == Kind.PARTITION || line.kind() == Kind.PUBLICATION)
            .map(Line::container)
            .collect(Collectors.toSet());
  }

  /**
   * Chooses witnesses.
   *
   * @param found as it was read; a comparison may have replaced what is outside the schemas
   * @param differences what counts between the two
   */
  public static List<Witness> of(Snapshot built, Snapshot found, List<Difference> differences) {
    var shuffled = new ArrayList<>(differences);
    Collections.shuffle(shuffled, new Random(SEED));
    var choice = new Witnesses(built, found);
    return Stream.concat(
            shuffled.stream().flatMap(choice::onlyBuilt).limit(MOST),
            shuffled.stream().flatMap(choice::onlyFound).limit(MOST))
        .toList();
  }

  /**
   * How many differences there are at least. A renamed table, with all that is in it, is one
   * difference for both sides.
   */
  public static int differences(Collection<Witness> confirmed) {
    var built = new HashSet<String>();
    var found = new HashSet<String>();
    confirmed.forEach(witness -> (witness.isBuilt() ? built : found).add(witness.relation()));
    return Math.max(built.size(), found.size());
  }

  private Stream<Witness> onlyBuilt(Difference difference) {
    return difference instanceof Difference.Missing(Line line)
            && !mayBecomeIgnored()
            && isInSchemas(line)
        ? Stream.of(new Witness(line, true)).filter(Witness::isColumn)
        : Stream.of();
  }

  private Stream<Witness> onlyFound(Difference difference) {
    return difference instanceof Difference.Unexpected(Line line)
            && !additions.contains(line.within())
            && isInSchemas(line)
        ? Stream.of(new Witness(line, false))
            .filter(witness -> witness.isColumn() || RELATIONS.contains(line.kind()))
        : Stream.of();
  }

  /** Outside the schemas, each version is compared with other objects. */
  private boolean isInSchemas(Line line) {
    return !built.header().outside().covers(line) && !found.header().outside().covers(line);
  }

  /** On MariaDB and MySQL, an ignored partition may have the name of a table. */
  private boolean mayBecomeIgnored() {
    var header = built.header();
    return !header.engine().equals(Catalog.POSTGRESQL) && !header.ignore().isEmpty();
  }
}
