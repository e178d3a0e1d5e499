package dev.schemaversion.runner.snapshot.postgres;

import dev.schemaversion.runner.snapshot.Catalog;
import dev.schemaversion.runner.snapshot.InconsistentRead;
import dev.schemaversion.runner.snapshot.Line;
import dev.schemaversion.runner.snapshot.SchemaBusy;
import dev.schemaversion.runner.snapshot.Scope;
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
 * Settles differences that are none. What PostgreSQL writes for an expression, once parsed again,
 * it may write otherwise: after dump and restore {@code varchar IN (…)} reads differently, although
 * nothing has changed. So both texts are created on the scratch database, which has the expected
 * schema, in one transaction that is rolled back, and are compared as they are read back. MariaDB
 * writes a restored expression as it wrote the first, so there is nothing to settle there.
 */
public final class RoundTrip {
  private static final String TWIN = "schemaversion_twin_";

  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);

  private final Connection scratch;
  private final Catalog catalog;

  /**
   * Prepares to settle differences.
   *
   * @param scratch a session on a database that has the expected schema; no transaction is open
   * @param scope the scope of the snapshots that were compared
   */
  public RoundTrip(Connection scratch, Scope scope) throws SQLException {
    this.scratch = scratch;
    this.catalog = Catalog.of(scratch, scope);
  }

  /** The comparison without the differences that are only in how expressions are written. */
  public Comparison settle(Comparison comparison) throws SQLException {
    if (!(catalog instanceof PostgresCatalog postgres)
        || comparison.differences().stream().noneMatch(RoundTrip::mayBeTheSame)) {
      return comparison;
    }
    scratch.setAutoCommit(false);
    try {
      return new Comparison(remaining(postgres, comparison.differences()), comparison.notes());
    } catch (InconsistentRead e) {
      throw new SchemaBusy("Somebody else is on the scratch database: " + e.getMessage(), e);
    } finally {
      scratch.rollback();
      scratch.setAutoCommit(true);
    }
  }

  /** How many of the differences no round trip can settle. */
  public static int certain(Comparison comparison) {
    return Math.toIntExact(
        comparison.differences().stream().filter(difference -> !mayBeTheSame(difference)).count());
  }

  private static boolean mayBeTheSame(Difference difference) {
    return difference instanceof Difference.Different(Line expected, Line found)
        && expected.state().equals(found.state())
        && RoundTripCandidate.statement(expected, TWIN).isPresent();
  }

  private List<Difference> remaining(PostgresCatalog postgres, List<Difference> differences)
      throws SQLException, InconsistentRead {
    postgres.prepare(LOCK_TIMEOUT);
    try (var statement = scratch.createStatement()) {
      statement.execute("SET LOCAL check_function_bodies = off");
    }
    for (var i = 0; i < differences.size(); i++) {
      if (mayBeTheSame(differences.get(i))
          && differences.get(i) instanceof Difference.Different(Line expected, Line found)
          && create(expected, TWIN + i + "e")) {
        create(found, TWIN + i + "f");
      }
    }
    var twins = twins();
    var remaining = new ArrayList<Difference>();
    for (var i = 0; i < differences.size(); i++) {
      var expected = twins.get(TWIN + i + "e");
      if (expected == null || !expected.equals(twins.get(TWIN + i + "f"))) {
        remaining.add(differences.get(i));
      }
    }
    return remaining;
  }

  /** What cannot be created here is another thing, and stays a difference. */
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

  private Map<String, String> twins() throws SQLException, InconsistentRead {
    var twins = new HashMap<String, String>();
    for (var line : catalog.lines()) {
      if (line.local().startsWith(TWIN)) {
        // without the arguments of a function; a column's sequence has the same prefix
        var name = line.local().replaceFirst("\\(.*", "");
        twins.put(name, line.kind() + " " + line.content());
      }
    }
    return twins;
  }
}
