package dev.schemaversion.runner;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.Catalog;
import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.SelfCommitting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The session that holds the run lock, and what is read on it. */
final class Database {
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

  History history() throws SQLException {
    return History.read(session, catalog.hasTable(schema(), table), historyName());
  }

  Contents contents() throws SQLException {
    return Contents.of(catalog.items(schemas, table));
  }

  /** The history table as it stands in SQL. */
  String historyName() {
    return engine.quoted(schema()) + "." + engine.quoted(table);
  }

  /** Takes migrations that failed out of the history, because nothing of them is done. */
  void forget(List<History.Row> unfinished) throws SQLException {
    var sql = "DELETE FROM " + historyName() + " WHERE installed_rank = ? AND success = 0";
    try (var statement = session.prepareStatement(sql)) {
      for (var row : unfinished) {
        statement.setInt(1, row.rank());
        statement.executeUpdate();
      }
    }
  }

  /** See {@link SelfCommitting#rowsRollBack}. */
  boolean rowsRollBack(SelfCommitting engine) throws SQLException {
    return engine.rowsRollBack(session);
  }

  /** See {@link SelfCommitting#mayForget}. */
  boolean mayForget(SelfCommitting engine) throws SQLException {
    return engine.mayForget(session);
  }

  /** See {@link SelfCommitting#forgetsInOrder}. */
  boolean forgetsInOrder(SelfCommitting engine) throws SQLException {
    return engine.forgetsInOrder(session);
  }

  String schema() {
    return schemas.getFirst();
  }

  String table() {
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
