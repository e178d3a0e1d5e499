package dev.schemaversion.runner.engine;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads what the server reports about itself and about the objects in the database. */
public interface Catalog {
  /**
   * Identifies the server and the database behind a session.
   *
   * @param product the kind of server, by the name of its engine
   * @param identifier identifies this server uniquely, also after it was renamed; or {@link
   *     dev.schemaversion.contract.DatabaseIdentity#UNKNOWN}
   * @param database the name of the database on that server
   * @param version the server's version, {@code 17.2}
   * @param readOnly whether the server is a standby or rejects writes for another reason
   */
  record About(
      String product, String identifier, String database, String version, boolean readOnly) {}

  /** Reads the identity of server and database. */
  About about() throws SQLException;

  /** Returns the server's identifier of this session; it is unique among the open sessions. */
  String session() throws SQLException;

  /** Whether a table, or a relation that can be read like one, exists. */
  boolean hasTable(String schema, String table) throws SQLException;

  /**
   * Whether the schemas contain any object but the history table.
   *
   * @param schemas the first one may contain the history table
   */
  boolean hasObjects(List<String> schemas, String historyTable) throws SQLException;

  /**
   * Returns the name of the current user if that user lacks the right to create a table in this
   * schema; empty if the user has it.
   */
  Optional<String> mayNotCreate(String schema) throws SQLException;

  /**
   * Whether the user may do everything on this server, and may not on the scratch server; always
   * false where no field of the request can permit it there.
   */
  boolean isSuperuser() throws SQLException;
}
