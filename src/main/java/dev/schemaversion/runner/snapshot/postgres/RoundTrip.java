package dev.schemaversion.runner.snapshot.postgres;

import dev.schemaversion.runner.snapshot.Catalog;
import dev.schemaversion.runner.snapshot.InconsistentRead;
import dev.schemaversion.runner.snapshot.Line;
import dev.schemaversion.runner.snapshot.SchemaBusy;
import dev.schemaversion.runner.snapshot.Scope;
import dev.schemaversion.runner.snapshot.SnapshotReader;
import dev.schemaversion.runner.snapshot.comparison.Comparison;
import dev.schemaversion.runner.snapshot.comparison.Difference;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Removes apparent differences from a comparison. PostgreSQL may deparse an equal expression in
 * another form after dump and restore, such as {@code varchar IN (…)}. This class therefore creates
 * both definitions on the scratch database, which has the expected schema, compares their deparsed
 * forms, and rolls the transaction back. MariaDB always writes a restored expression in the same
 * form, so it needs no round trip.
 */
public final class RoundTrip {
  private static final String CANDIDATE = "schemaversion_twin_";

  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);

  private final Connection scratch;
  private final Scope scope;
  private final Catalog catalog;

  /**
   * Creates a round trip.
   *
   * @param scratch a session on a database that has the expected schema; no transaction is open
   * @param scope the scope of the snapshots that were compared
   */
  public RoundTrip(Connection scratch, Scope scope) throws SQLException {
    this.scratch = scratch;
    this.scope = scope;
    this.catalog = Catalog.of(scratch, scope);
  }

  /** Returns the comparison without the differences that exist only in the form of expressions. */
  public Comparison settle(Comparison comparison) throws SQLException {
    if (!(catalog instanceof PostgresCatalog postgres)
        || comparison.differences().stream().noneMatch(RoundTrip::mayBeApparent)) {
      return comparison;
    }
    scratch.setAutoCommit(false);
    try {
      return new Comparison(remaining(postgres, comparison.differences()), comparison.notes());
    } catch (InconsistentRead e) {
      throw new SchemaBusy("Another session changes the scratch database: " + e.getMessage(), e);
    } finally {
      scratch.rollback();
      scratch.setAutoCommit(true);
    }
  }

  /**
   * Reads what is reported about the scratch database and does not count, one line each.
   *
   * @throws SchemaBusy if another session changes the scratch database
   */
  public List<String> notes() throws SQLException {
    return new SnapshotReader(scratch, scope).notes();
  }

  /** Counts the differences that no round trip can remove. */
  public static int certain(Comparison comparison) {
    return Math.toIntExact(
        comparison.differences().stream().filter(difference -> !mayBeApparent(difference)).count());
  }

  private static boolean mayBeApparent(Difference difference) {
    return difference instanceof Difference.Different(Line expected, Line found)
        && expected.state().equals(found.state())
        && RoundTripCandidate.statement(expected, CANDIDATE).isPresent();
  }

  private List<Difference> remaining(PostgresCatalog postgres, List<Difference> differences)
      throws SQLException, InconsistentRead {
    postgres.prepare(LOCK_TIMEOUT);
    try (var statement = scratch.createStatement()) {
      statement.execute("SET LOCAL check_function_bodies = off");
    }
    for (var i = 0; i < differences.size(); i++) {
      if (mayBeApparent(differences.get(i))
          && differences.get(i) instanceof Difference.Different(Line expected, Line found)
          && create(expected, CANDIDATE + i + "e")) {
        create(found, CANDIDATE + i + "f");
      }
    }
    var candidates = readCandidates();
    var remaining = new ArrayList<Difference>();
    for (var i = 0; i < differences.size(); i++) {
      var expected = candidates.get(CANDIDATE + i + "e");
      if (expected == null || !expected.equals(candidates.get(CANDIDATE + i + "f"))) {
        remaining.add(differences.get(i));
      }
    }
    return remaining;
  }

  /** Returns false if the definition cannot be created here, so that the difference remains. */
  private boolean create(Line line, String name) throws SQLException {
    var before = scratch.setSavepoint();
    try (var statement = scratch.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(RoundTripCandidate.statement(line, name).orElseThrow());
      return true;
    } catch (SQLException e) {
      if (!scratch.isValid(0)) {
        throw e;
      }
      scratch.rollback(before);
      return false;
    } finally {
      if (scratch.isValid(0)) {
        scratch.releaseSavepoint(before);
      }
    }
  }

  private Map<String, String> readCandidates() throws SQLException, InconsistentRead {
    var candidates = new HashMap<String, String>();
    for (var line : catalog.lines()) {
      if (line.local().startsWith(CANDIDATE)) {
        // without the arguments of a function; a column's sequence has the same prefix
        var name = line.local().replaceFirst("\\(.*", "");
        candidates.put(name, line.kind() + " " + line.content());
      }
    }
    return candidates;
  }
}
