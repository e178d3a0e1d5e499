package dev.schemaversion.runner.postgres;

import dev.schemaversion.runner.engine.ImplicitCommit;
import dev.schemaversion.runner.engine.LeadingComments;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** Classifies statements of PostgreSQL by what they leave when their script does not finish. */
final class PostgreSqlStatements implements ImplicitCommit {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;

  /** Statements that begin or end a transaction; savepoints do neither. */
  private static final Pattern TRANSACTION_CONTROL =
      Pattern.compile(
          "(?:BEGIN|START\\s+TRANSACTION|COMMIT|END|ABORT|PREPARE\\s+TRANSACTION"
              + "|ROLLBACK(?!\\s+(?:(?:WORK|TRANSACTION)\\s+)?TO\\b))\\b.*",
          FLAGS);

  /** Their effect belongs to a transaction that outlives the script. */
  private static final Pattern PREPARED =
      Pattern.compile("PREPARE\\s+TRANSACTION\\b.*|(?:COMMIT|ROLLBACK)\\s+PREPARED\\b.*", FLAGS);

  private static final Pattern ROWS =
      Pattern.compile(
          "(?:INSERT|UPDATE|DELETE|MERGE|TRUNCATE|COPY\\b.*\\bFROM\\s+STDIN)\\b.*", FLAGS);

  /** What the snapshot shows, or changes nothing at its second time. */
  private static final Pattern SCHEMA =
      Pattern.compile(
          "(?:CREATE|ALTER|DROP)\\s+(?:(?:OR\\s+REPLACE|UNIQUE|TEMP|TEMPORARY|GLOBAL|LOCAL|UNLOGGED"
              + "|RECURSIVE|MATERIALIZED|CONSTRAINT|FOREIGN)\\s+)*(?:TABLE|INDEX|VIEW|SEQUENCE|TYPE"
              + "|DOMAIN|FUNCTION|PROCEDURE|ROUTINE|AGGREGATE|TRIGGER|RULE|POLICY|EXTENSION|SCHEMA"
              + "|COLLATION|CONVERSION|OPERATOR|STATISTICS|TEXT\\s+SEARCH)\\b.*",
          FLAGS);

  /** Changes rows or counters without a trace in the schema, and more so each time. */
  private static final Pattern CONVERSION =
      Pattern.compile("ALTER\\b.*\\b(?:USING|RESTART)\\b.*", FLAGS);

  private static final Pattern REPEATABLE =
      Pattern.compile(
          "(?:SET|RESET|SHOW|LOCK|SAVEPOINT|RELEASE|ROLLBACK|VACUUM|ANALY[SZ]E|REINDEX|CLUSTER"
              + "|CHECKPOINT|ALTER\\s+SYSTEM|DISCARD|GRANT|REVOKE|COMMENT|SECURITY\\s+LABEL|REFRESH"
              + "|DEALLOCATE)\\b.*"
              + "|SELECT\\s+(?:pg_catalog\\.)?set_config\\s*\\([^()]*\\)\\s*",
          FLAGS);

  /** A failure of these may come after they have committed a part of their work. */
  private static final Pattern COMMITS_IN_PARTS =
      Pattern.compile("(?:CALL|DO)\\b.*|.*\\bCONCURRENTLY\\b.*", FLAGS);

  @Override
  public Optional<String> reason(List<String> statements, boolean inTransaction) {
    if (!inTransaction) {
      return Optional.of(
          "because it cannot run in a transaction, each of its statements commits on its own");
    }
    return statements.stream().anyMatch(PostgreSqlStatements::controlsTransaction)
        ? Optional.of("it begins or ends transactions itself")
        : Optional.empty();
  }

  private static boolean controlsTransaction(String sql) {
    return TRANSACTION_CONTROL.matcher(sql).matches();
  }

  @Override
  public Effect effect(String statement) {
    var sql = LeadingComments.strip(statement);
    if (PREPARED.matcher(sql).matches() || CONVERSION.matcher(sql).matches()) {
      return Effect.OTHER;
    }
    if (controlsTransaction(sql) || REPEATABLE.matcher(sql).matches()) {
      return Effect.SESSION;
    }
    if (ROWS.matcher(sql).matches()) {
      return Effect.ROWS;
    }
    return SCHEMA.matcher(sql).matches() ? Effect.SCHEMA : Effect.OTHER;
  }

  @Override
  public boolean leftNothing(List<String> done, String failed, boolean inTransaction) {
    return inTransaction
        ? done.stream().noneMatch(PostgreSqlStatements::controlsTransaction)
        : done.isEmpty() && !COMMITS_IN_PARTS.matcher(failed).matches();
  }

  /** The history's row is committed before the script begins, and so not together with its rows. */
  @Override
  public boolean rowsRollBack(Connection session) {
    return false;
  }

  /** There is one log, and what is lost is its end: with the row, all that came after it. */
  @Override
  public boolean mayLoseCommits(Connection session) {
    return false;
  }

  @Override
  public boolean losesCommitsInOrder(Connection session) {
    return true;
  }

  @Override
  public boolean isInTransaction(Connection session) throws SQLException {
    return session.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE;
  }

  @Override
  public SessionState keep(Connection session) throws SQLException {
    return KeptSession.of(session);
  }
}
