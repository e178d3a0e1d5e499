package dev.schemaversion.runner.flyway.history;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.Catalog;
import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.ImplicitCommit;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.report.RunContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Reads the history table and the schemas on the session that holds the run lock. */
public final class FlywayDatabase {
  private final Connection session;
  private final DataSource sessions;
  private final Engine engine;
  private final Catalog catalog;
  private final List<String> schemas;
  private final String table;

  /** The database of a run; the first of its schemas may hold the history table. */
  public FlywayDatabase(RunContext run) {
    this.session = run.session();
    this.sessions = run.sessions();
    this.engine = run.engine();
    this.catalog = engine.catalog(session);
    this.schemas = run.target().schemas();
    this.table = run.request().flyway().table();
  }

  public HistoryTable history() throws SQLException {
    return HistoryTable.read(session, catalog.hasTable(schema(), table), historyName());
  }

  public boolean hasObjects() throws SQLException {
    return catalog.hasObjects(schemas, table);
  }

  /** The history table as it stands in SQL. */
  public String historyName() {
    return engine.quoted(schema()) + "." + engine.quoted(table);
  }

  /** Takes migrations that failed out of the history, because nothing of them is done. */
  public void forget(List<HistoryTable.Row> unfinished) throws SQLException {
    forget(unfinished, session);
  }

  /** Does the same on a clone, whose history came along, where it was not done before. */
  public void forgetUnfinished(Connection clone) throws SQLException {
    boolean exists = engine.catalog(clone).hasTable(schema(), table);
    forget(HistoryTable.read(clone, exists, historyName()).unfinished(), clone);
  }

  private void forget(List<HistoryTable.Row> unfinished, Connection session) throws SQLException {
    var sql = "DELETE FROM " + historyName() + " WHERE installed_rank = ? AND success = ?";
    try (var statement = session.prepareStatement(sql)) {
      for (var row : unfinished) {
        statement.setInt(1, row.rank());
        statement.setBoolean(2, false);
        statement.executeUpdate();
      }
    }
  }

  /** Records changed migrations as they are now, see {@link ChecksumUpdate}. */
  public void update(List<ChangedMigration> changed) throws SQLException {
    try (var other = sessions.getConnection()) {
      new ChecksumUpdate(other, historyName()).write(changed);
    }
  }

  /** See {@link ImplicitCommit#rowsRollBack}. */
  public boolean rowsRollBack(ImplicitCommit engine) throws SQLException {
    return engine.rowsRollBack(session);
  }

  /** See {@link ImplicitCommit#mayLoseCommits}. */
  public boolean mayLoseCommits(ImplicitCommit engine) throws SQLException {
    return engine.mayLoseCommits(session);
  }

  /** See {@link ImplicitCommit#losesCommitsInOrder}. */
  public boolean losesCommitsInOrder(ImplicitCommit engine) throws SQLException {
    return engine.losesCommitsInOrder(session);
  }

  public String schema() {
    return schemas.getFirst();
  }

  public String table() {
    return table;
  }

  /**
   * Refuses to go on where the history table cannot be created, which Flyway would try for ten
   * seconds.
   */
  public void failIfHistoryCannotBeCreated() throws SQLException {
    var user = catalog.mayNotCreate(schema());
    if (user.isPresent()) {
      throw new RunFailure(
          Outcome.ACCESS_DENIED,
          "“"
              + user.get()
              + "” may not create the table "
              + table
              + " in schema “"
              + schema()
              + "”. Nothing was done. GRANT CREATE on the schema (on the database, if the"
              + " schema is yet to be created), or name a spec.database.role that may; the"
              + " next attempt takes it.");
    }
  }
}
