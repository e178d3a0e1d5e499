package dev.schemaversion.runner.postgres;

import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.engine.Catalog;
import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.ImplicitCommit;
import dev.schemaversion.runner.engine.Locks;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.postgres.scratch.PostgreSqlScratch;
import dev.schemaversion.runner.scratch.ScratchServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * The PostgreSQL engine, which commits a script and its row in the history table in one
 * transaction.
 */
public final class PostgreSql implements Engine {
  private static final int PORT = 5432;

  /** Statements that begin or end a transaction; savepoints are allowed. */
  private static final Pattern TRANSACTION_CONTROL =
      Pattern.compile(
          "(?:BEGIN|START\\s+TRANSACTION|COMMIT|END|ABORT|PREPARE\\s+TRANSACTION"
              + "|ROLLBACK(?!\\s+(?:(?:WORK|TRANSACTION)\\s+)?TO\\b))\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final String TOGETHER =
      "A script is committed in one transaction with its row in the history table, so that a"
          + " failed script leaves nothing half done; such statements are not supported yet.";

  @Override
  public String name() {
    return "PostgreSQL";
  }

  @Override
  public int defaultPort() {
    return PORT;
  }

  @Override
  public List<String> schemas(List<String> requested, String database) {
    return requested.isEmpty() ? List.of("public") : requested;
  }

  @Override
  public Optional<ImplicitCommit> implicitCommit() {
    return Optional.empty();
  }

  @Override
  public String quoted(String name) {
    return Quoted.name(name);
  }

  @Override
  public DataSource sessions(Target target) {
    return new PostgreSqlSessions(target, Optional.empty());
  }

  @Override
  public DataSource migrating(Target target) {
    return new PostgreSqlSessions(target, Optional.ofNullable(target.limits().statement()));
  }

  @Override
  public boolean limitsStatements() {
    return true;
  }

  @Override
  public void cancel(Connection session) throws SQLException {
    session.unwrap(PGConnection.class).cancelQuery();
  }

  @Override
  public Catalog catalog(Connection session) {
    return new PostgreSqlCatalog(session);
  }

  @Override
  public Locks locks(Connection session) {
    return new PostgreSqlLocks(session);
  }

  /**
   * Disables the transactional lock: with Flyway's default, two sessions commit script and history
   * row, and one of them stays idle in a transaction meanwhile.
   */
  @Override
  public Optional<Objection> objection(String sql, boolean transactional) {
    if (TRANSACTION_CONTROL.matcher(sql).matches()) {
      return Optional.of(new Objection("begins or ends a transaction", TOGETHER));
    }
    return transactional
        ? Optional.empty()
        : Optional.of(new Objection("cannot run in a transaction", TOGETHER));
  }

  @Override
  public ScratchServer scratch(
      RunRequest.Scratch address, Target target, String historyTable, BooleanSupplier stop) {
    return new PostgreSqlScratch(address, target, historyTable, stop);
  }
}
