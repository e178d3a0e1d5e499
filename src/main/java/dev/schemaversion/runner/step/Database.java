package dev.schemaversion.runner.step;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.Catalog;
import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.ImplicitCommit;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.flyway.History;
import dev.schemaversion.runner.report.SchemaSummary;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The session that holds the run lock, and what is read on it. */
public final class Database {
  private final Connection session;
  private final Engine engine;
  private final Catalog catalog;
  private final List<String> schemas;
  private final String table;

  /**
   * The database at the other end of a session.
   *
   * @param schemas the first may hold the history table
   * @param table the history table
   */
  Database(Connection session, Engine engine, List<String> schemas, String table) {
    this.session = session;
    this.engine = engine;
    this.catalog = engine.catalog(session);
    this.schemas = schemas;
    this.table = table;
  }

  public History history() throws SQLException {
    return History.read(session, catalog.hasTable(schema(), table), historyName());
  }

  public SchemaSummary contents() throws SQLException {
    return SchemaSummary.of(catalog.items(schemas, table));
  }

  /** The history table as it stands in SQL. */
  public String historyName() {
    return engine.quoted(schema()) + "." + engine.quoted(table);
  }

  /** Takes migrations that failed out of the history, because nothing of them is done. */
  public void forget(List<History.Row> unfinished) throws SQLException {
    var sql = "DELETE FROM " + historyName() + " WHERE installed_rank = ? AND success = 0";
    try (var statement = session.prepareStatement(sql)) {
      for (var row : unfinished) {
        statement.setInt(1, row.rank());
        statement.executeUpdate();
      }
    }
  }

  /** See {@link ImplicitCommit#rowsRollBack}. */
  public boolean rowsRollBack(ImplicitCommit engine) throws SQLException {
    return engine.rowsRollBack(session);
  }

  /** See {@link ImplicitCommit#mayForget}. */
  public boolean mayForget(ImplicitCommit engine) throws SQLException {
    return engine.mayForget(session);
  }

  /** See {@link ImplicitCommit#forgetsInOrder}. */
  public boolean forgetsInOrder(ImplicitCommit engine) throws SQLException {
    return engine.forgetsInOrder(session);
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
  void failIfHistoryCannotBeCreated() throws SQLException {
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
