package dev.schemaversion.runner.snapshot.comparison;

import dev.schemaversion.runner.snapshot.Kind;
import dev.schemaversion.runner.snapshot.Line;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides which differences count and which are only noted. What the migrations build must be there
 * and be equal. What is more is noted if it is of a kind that others add in the normal course of
 * events, or belongs to a partition or a publication that is itself more.
 */
final class Significance {
  private final boolean grants;

  /** The names of partitions and publications that only the database has. */
  private final Set<String> added;

  /** The owners, as {@code name of the object.name of the role}. */
  private final Set<String> owners;

  private Significance(boolean grants, Set<String> added, Set<String> owners) {
    this.grants = grants;
    this.added = added;
    this.owners = owners;
  }

  static Significance of(Snapshot found, List<Difference> differences) {
    var added = new HashSet<String>();
    for (var difference : differences) {
      if (difference instanceof Difference.Unexpected(Line line)
          && (line.kind() == Kind.PARTITION || line.kind() == Kind.PUBLICATION)) {
        added.add(line.container());
      }
    }
    var owners = new HashSet<String>();
    for (var line : found.lines()) {
      if (line.kind() == Kind.OWNER) {
        owners.add(line.name());
      }
    }
    return new Significance(found.header().grants(), added, owners);
  }

  boolean counts(Difference difference) {
    return switch (difference) {
      case Difference.Missing(Line line) -> matters(line) && !isHeldByOwner(line);
      case Difference.Different(Line line, Line other) -> matters(line);
      case Difference.Renamed(Line line, Line other) -> matters(line);
      case Difference.Unexpected(Line line) ->
          matters(line) && !line.kind().isNotedIfUnexpected() && !added.contains(line.within());
    };
  }

  private boolean matters(Line line) {
    return grants || !line.kind().isRight();
  }

  /** An owner has all rights, as the grantee may be where a dump was restored. */
  private boolean isHeldByOwner(Line line) {
    var privilege = line.name().lastIndexOf('.');
    return line.kind() == Kind.GRANT && owners.contains(line.name().substring(0, privilege));
  }
}
