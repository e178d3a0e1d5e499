package dev.schemaversion.runner;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.RunRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The session that holds the run lock, and what is read on it. */
final class Database {
  private final Connection connection;
  private final List<String> schemas;
  private final String table;

  Database(Connection connection, RunRequest request) {
    this.connection = connection;
    this.schemas = request.database().schemas();
    this.table = request.flyway().table();
  }

  History history() throws SQLException {
    return History.read(connection, schemas.getFirst(), table);
  }

  Contents contents() throws SQLException {
    return Contents.read(connection, schemas, table);
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
    var allowed =
        """
        SELECT CASE WHEN EXISTS (SELECT FROM pg_namespace WHERE nspname = ?)
          THEN has_schema_privilege(?, 'CREATE')
          ELSE has_database_privilege(current_database(), 'CREATE') END, current_user
        """;
    try (var statement = connection.prepareStatement(allowed)) {
      statement.setString(1, schema());
      statement.setString(2, schema());
      try (var row = statement.executeQuery()) {
        row.next();
        if (!row.getBoolean(1)) {
          throw new RunFailure(
              Outcome.ACCESS_DENIED,
              "“"
                  + row.getString(2)
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
  }
}
