package dev.schemaversion.runner.mariadb.impact;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.impact.Hint;
import dev.schemaversion.runner.impact.Lock;
import dev.schemaversion.runner.impact.Lock.Blocks;
import dev.schemaversion.runner.impact.Observation;
import dev.schemaversion.runner.impact.StatementWatch;
import dev.schemaversion.runner.impact.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Observes the statements of one session. Each commits by itself, so the only lock that counts is
 * its own. How the server does it is tried on a copy of the table before it runs.
 */
final class MariaDbWatch implements StatementWatch {
  private final Connection clone;
  private final AlgorithmProbe probe;
  private final String schema;
  private final Set<String> known;
  private Expected expected;

  /** A statement on a known table that is about to run. */
  private record Expected(
      String table, Optional<AlgorithmProbe.Choice> choice, TableFiles before) {}

  MariaDbWatch(Connection clone) throws SQLException {
    this.clone = clone;
    this.probe = new AlgorithmProbe(clone);
    this.schema = Rows.names(clone, "SELECT DATABASE()").getFirst();
    this.known =
        new HashSet<>(
            Rows.names(
                clone,
                "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
                    + " AND table_type NOT IN ('VIEW', 'SEQUENCE')"));
  }

  @Override
  public void begin() {
    expected = null;
  }

  @Override
  public void before(Connection session, String sql) throws SQLException {
    expected = null;
    var statement = AlterStatement.of(sql).orElse(null);
    if (statement == null
        || !known.contains(statement.table())
        || !(statement.schema() == null || statement.schema().equals(schema))) {
      return;
    }
    var before = TableFiles.read(clone, statement.table());
    expected = new Expected(statement.table(), probe.choice(session, statement), before);
  }

  @Override
  public List<Observation> after(Connection session, String sql, List<String> messages)
      throws SQLException {
    if (expected == null) {
      return List.of();
    }
    var now = TableFiles.read(clone, expected.table());
    var table = new TableName(schema, expected.table());
    return List.of(
        expected
            .choice()
            .map(choice -> chosen(table, choice, now.isRewritten(expected.before())))
            .orElseGet(() -> unknown(table, now, expected.before())));
  }

  private static Observation chosen(
      TableName table, AlgorithmProbe.Choice choice, boolean rewritten) {
    if (choice.algorithm().equals("INSTANT")) {
      return new Observation(
          Hint.INSTANT, table, table, new Lock("ALGORITHM=INSTANT", Blocks.NOTHING));
    }
    var hint = Hint.IN_PLACE;
    if (choice.algorithm().equals("COPY")) {
      hint = Hint.COPY;
    } else if (rewritten) {
      hint = Hint.REBUILD;
    }
    var blocks =
        switch (choice.lock()) {
          case "NONE" -> Blocks.NOTHING;
          case "SHARED" -> Blocks.WRITES;
          default -> Blocks.EVERYTHING;
        };
    var label = "ALGORITHM=" + choice.algorithm() + ", LOCK=" + choice.lock();
    return new Observation(hint, table, table, new Lock(label, blocks));
  }

  private static Observation unknown(TableName table, TableFiles now, TableFiles before) {
    if (now.isUntouched(before)) {
      return new Observation(
          Hint.INSTANT,
          table,
          table,
          new Lock("neither rows nor an index were written", Blocks.NOTHING));
    }
    return new Observation(
        now.isRewritten(before) ? Hint.UNKNOWN_REWRITE : Hint.UNKNOWN,
        table,
        table,
        new Lock("unknown ALGORITHM and LOCK", Blocks.UNKNOWN));
  }

  @Override
  public List<String> advice() {
    return List.of();
  }
}
