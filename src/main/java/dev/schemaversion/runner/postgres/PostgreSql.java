package dev.schemaversion.runner.postgres;

import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.runner.engine.Blockers;
import dev.schemaversion.runner.engine.Catalog;
import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.ImplicitCommit;
import dev.schemaversion.runner.engine.InvalidIndexes;
import dev.schemaversion.runner.engine.Locks;
import dev.schemaversion.runner.engine.OtherSessions;
import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.impact.ImpactSource;
import dev.schemaversion.runner.postgres.impact.PostgreSqlImpact;
import dev.schemaversion.runner.postgres.rows.PostgreSqlRowRules;
import dev.schemaversion.runner.postgres.scratch.PostgreSqlScratch;
import dev.schemaversion.runner.rows.RowRulesReader;
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
 * transaction, if the script can run in one and does not end it itself.
 */
public final class PostgreSql implements Engine {
  private static final int PORT = 5432;

  /** Their effect belongs to the server; {@code DISCARD ALL} releases the lock of Flyway, too. */
  private static final Pattern NOT_ON_SCRATCH =
      Pattern.compile(
          "(?:(?:CREATE|DROP)\\s+(?:DATABASE|TABLESPACE)|ALTER\\s+SYSTEM|DISCARD\\s+ALL)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

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
  public ImplicitCommit implicitCommit() {
    return new PostgreSqlStatements();
  }

  @Override
  public Optional<InvalidIndexes> invalidIndexes() {
    return Optional.of(new ConcurrentIndexes());
  }

  @Override
  public RowRulesReader rowRules() {
    return new PostgreSqlRowRules();
  }

  @Override
  public String quoted(String name) {
    return Quoted.name(name);
  }

  @Override
  public String insertInto(String table, List<String> columns) {
    return "INSERT INTO " + table + " (" + String.join(", ", columns) + ") OVERRIDING SYSTEM VALUE";
  }

  @Override
  public void continueNumbering(Connection session, String table) throws SQLException {
    var sequences =
        Rows.of(
            session,
            """
            SELECT quote_ident(attname), pg_get_serial_sequence(%1$s, attname) FROM pg_attribute
            WHERE attrelid = %1$s::regclass AND attnum > 0 AND NOT attisdropped
              AND pg_get_serial_sequence(%1$s, attname) IS NOT NULL
            """
                .formatted(Quoted.text(table)),
            row -> List.of(row.getString(1), row.getString(2)));
    for (var sequence : sequences) {
      Rows.names(
          session,
          "SELECT setval(%s, max(%s)) FROM %s"
              .formatted(Quoted.text(sequence.get(1)), sequence.get(0), table));
    }
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

  @Override
  public OtherSessions otherSessions(Connection session) {
    return new PostgreSqlOtherSessions(session);
  }

  @Override
  public boolean isSkippedOnScratch(String sql) {
    return NOT_ON_SCRATCH.matcher(sql).matches();
  }

  @Override
  public Optional<Attendance> attend(Connection session, String sql) throws SQLException {
    return ConcurrentIndexes.isOne(sql) && session.getAutoCommit()
        ? Optional.of(new WithoutLockTimeout(session))
        : Optional.empty();
  }

  @Override
  public Blockers blockers(Connection session) throws SQLException {
    return new PostgreSqlBlockers(session.unwrap(PGConnection.class).getBackendPID());
  }

  @Override
  public ImpactSource impact() {
    return new PostgreSqlImpact();
  }

  @Override
  public ScratchServer scratch(
      RequestedScratch address, Target target, String historyTable, BooleanSupplier stop) {
    return new PostgreSqlScratch(address, target, historyTable, stop);
  }
}
