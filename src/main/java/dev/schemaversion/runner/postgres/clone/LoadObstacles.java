package dev.schemaversion.runner.postgres.clone;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.postgres.scratch.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What would stop or change rows that are loaded into a clone although the real database has them:
 * constraints that are not validated, and triggers that fire even for a replica.
 */
final class LoadObstacles {
  private final List<String> statements;

  private LoadObstacles(List<String> statements) {
    this.statements = statements;
  }

  private record Obstacle(String remove, String putBack) {}

  /** Removes the obstacles from a clone. */
  static LoadObstacles remove(Connection clone) throws SQLException {
    // A child's constraint comes and goes with that of its parent.
    var obstacles =
        Rows.of(
            clone,
            """
            SELECT format('ALTER TABLE %1$s DROP CONSTRAINT %2$I', conrelid::regclass, conname),
              format('ALTER TABLE %1$s ADD CONSTRAINT %2$I %3$s', conrelid::regclass, conname,
                pg_get_constraintdef(oid))
            FROM pg_constraint
            WHERE contype IN ('c', 'n') AND conrelid <> 0 AND NOT convalidated AND coninhcount = 0
            UNION ALL
            SELECT format('ALTER DOMAIN %1$s DROP CONSTRAINT %2$I', contypid::regtype, conname),
              format('ALTER DOMAIN %1$s ADD CONSTRAINT %2$I %3$s', contypid::regtype, conname,
                pg_get_constraintdef(oid))
            FROM pg_constraint WHERE contype = 'c' AND contypid <> 0 AND NOT convalidated
            UNION ALL
            SELECT format('ALTER TABLE ONLY %1$s DISABLE TRIGGER %2$I', tgrelid::regclass, tgname),
              format('ALTER TABLE ONLY %1$s ENABLE %3$s TRIGGER %2$I', tgrelid::regclass, tgname,
                CASE tgenabled WHEN 'A' THEN 'ALWAYS' ELSE 'REPLICA' END)
            FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
            WHERE tgenabled IN ('A', 'R') AND NOT tgisinternal AND c.relkind IN ('r', 'p')
            """,
            row -> new Obstacle(row.getString(1), row.getString(2)));
    for (var obstacle : obstacles) {
      Sessions.execute(clone, obstacle.remove());
    }
    return new LoadObstacles(obstacles.stream().map(Obstacle::putBack).toList());
  }

  /** Puts them back as they were. */
  void putBack(Connection clone) throws SQLException {
    for (var statement : statements) {
      Sessions.execute(clone, statement);
    }
  }
}
