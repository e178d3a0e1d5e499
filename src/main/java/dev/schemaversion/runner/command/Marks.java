package dev.schemaversion.runner.command;

import dev.schemaversion.runner.proof.Unprovable;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The marks of the versions, as the tool leaves them on the scratch server. The version of a
 * database is that whose mark it has.
 */
final class Marks {
  private final RunContext run;
  private final ScratchBuild builds;
  private final ListedVersions versions;
  private final Map<String, Mark> learned = new HashMap<>();

  /** Null as long as nothing needed them: to find them, a version is built twice. */
  private Set<String> volatileColumns;

  Marks(RunContext run, ScratchBuild builds, ListedVersions versions) {
    this.run = run;
    this.builds = builds;
    this.versions = versions;
  }

  /** Remembers the mark of a version that was built for another purpose. */
  void learn(String version, Mark mark) {
    learned.put(version, mark);
  }

  /** Whether this is the mark of a version, as far as that is known without building it. */
  boolean isKnownToBe(String version, Mark mark) {
    return learned.containsKey(version) && mark.says(learned.get(version), knownVolatile());
  }

  /**
   * The version with this mark, which need not be looked for if it is the one of the last proof;
   * empty if none has it, or if there is no scratch server to find out.
   *
   * @throws Unprovable if a version cannot be built
   * @throws ScratchUnavailable if the scratch server ends meanwhile
   */
  Optional<String> version(Mark mark) {
    var known = run.request().proof().known();
    if (known != null
        && known.version() != null
        && known.schema() != null
        && mark.digest().equals(known.schema().history())) {
      return Optional.of(known.version());
    }
    try {
      return find(mark, run.request().version());
    } catch (SQLException e) {
      throw ScratchUnavailable.died(e);
    }
  }

  /**
   * Looks for the version with this mark.
   *
   * @param wanted the version that the database should have, which need not be built for others
   */
  private Optional<String> find(Mark mark, String wanted) throws SQLException {
    if (learned.containsKey(wanted) && isOf(wanted, mark)) {
      return Optional.of(wanted);
    }
    if (!builds.isPossible()) {
      return Optional.empty();
    }
    if (learned.size() < versions.all().size() && find(mark).isEmpty()) {
      run.log().begin("finding the version whose rows the tool's tables have");
      builds
          .replay(null, versions.all(), this::learn)
          .run((version, built) -> !mark.says(learned.get(version), knownVolatile()));
    }
    var found = find(mark);
    if (found.isPresent() || volatileColumns != null) {
      return found;
    }
    findVolatileColumns();
    return find(mark);
  }

  private Optional<String> find(Mark mark) {
    return versions.all().stream()
        .filter(learned::containsKey)
        .filter(version -> mark.says(learned.get(version), knownVolatile()))
        .reduce((earlier, later) -> later);
  }

  private boolean isOf(String version, Mark mark) throws SQLException {
    if (isKnownToBe(version, mark)) {
      return true;
    }
    if (volatileColumns == null && builds.isPossible()) {
      findVolatileColumns();
    }
    return isKnownToBe(version, mark);
  }

  private Set<String> knownVolatile() {
    return volatileColumns == null ? Set.of() : volatileColumns;
  }

  /** Finds the columns whose values are others each time that the tool builds a version. */
  private void findVolatileColumns() throws SQLException {
    var first = learned.keySet().stream().min(Comparator.comparing(versions::count)).orElseThrow();
    run.log().begin("building " + first + " again, to see which values differ each time");
    volatileColumns = learned.get(first).volatileColumns(builds.mark(first));
  }

  /** Says that no version has this mark, in a sentence. */
  String unknown(Mark mark) {
    return "The tool's tables are those of no version in spec.migrations.command.versions. They have "
        + unknownRows(mark)
        + ".";
  }

  /** The rows of a mark that no version has, for a message. */
  String unknownRows(Mark mark) {
    var nearest =
        learned.values().stream()
            .min(Comparator.comparing(known -> known.distance(mark, knownVolatile())));
    var rows = mark.rowsBeyond(nearest.orElse(null), knownVolatile());
    return rows.isEmpty() ? "only a part of the rows of a version" : rows;
  }
}
