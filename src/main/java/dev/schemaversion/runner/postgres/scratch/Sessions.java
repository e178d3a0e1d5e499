package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.contract.RunRequest;
import java.sql.Connection;
import java.sql.SQLException;

/** Opens sessions of the scratch server's superuser. */
public record Sessions(RunRequest.Scratch address) {
  /** The superuser's name, and that of its database. No role of a real server gets it. */
  public static final String SUPERUSER = "schemaversion_scratch";

  Connection open(String database, String user) throws SQLException {
    return new Driver(address, database, user).getConnection();
  }

  /**
   * A session of the superuser that sends what it is given in one piece, without looking for the
   * end of statements in it, and whose strings mean the same on every server.
   */
  Connection plain(String database) throws SQLException {
    return new Driver(address, database, SUPERUSER).inOnePiece().getConnection();
  }

  public static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
