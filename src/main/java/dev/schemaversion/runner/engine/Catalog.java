package dev.schemaversion.runner.engine;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What the server says of itself and of what is in the database. */
public interface Catalog {
  /**
   * Who answers.
   *
   * @param product what kind of server it is, as engines are called
   * @param identifier what tells this server from all others, also after it was renamed; or {@link
   *     dev.schemaversion.contract.DatabaseIdentity#UNKNOWN}
   * @param database the database's name there
   * @param version the server's version, {@code 17.2}
   * @param readOnly whether it is a standby, or takes no writes for another reason
   */
  record About(
      String product, String identifier, String database, String version, boolean readOnly) {}

  /**
   * An object that migrations could have made.
   *
   * @param kind such as {@code table}
   */
  record Item(String schema, String kind, String name) {}

  /** Who answers. */
  About about() throws SQLException;

  /** What the server calls this session; two sessions that are open at once have two. */
  String session() throws SQLException;

  /** Whether there is a table, or what can be read like one. */
  boolean hasTable(String schema, String table) throws SQLException;

  /**
   * What is there besides the history table.
   *
   * @param schemas the first may hold the history table
   */
  List<Item> items(List<String> schemas, String historyTable) throws SQLException;

  /** Who it is that may not create a table in this schema; empty if the user may. */
  Optional<String> mayNotCreate(String schema) throws SQLException;
}
