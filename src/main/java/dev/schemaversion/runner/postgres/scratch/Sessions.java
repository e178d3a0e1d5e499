package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.runner.postgres.Quoted;
import java.sql.Connection;
import java.sql.SQLException;

/** Opens sessions of the scratch server's superuser. */
public record Sessions(RequestedScratch address) {
  /**
   * The name of the superuser and of its database. No role of the real server is created under it.
   */
  public static final String SUPERUSER = "schemaversion_scratch";

  /** The end of a statement that creates or alters a role that logs in; empty in a pod. */
  String withPassword() {
    return address.password() == null ? "" : " PASSWORD " + Quoted.text(address.password());
  }

  Connection open(String database, String user) throws SQLException {
    return new Driver(address, database, user).getConnection();
  }

  /**
   * Opens a session of the superuser that sends several statements as one query without parsing
   * them, and whose string literals do not depend on settings.
   */
  Connection plain(String database) throws SQLException {
    return new Driver(address, database, SUPERUSER).asSingleQuery().getConnection();
  }

  public static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
