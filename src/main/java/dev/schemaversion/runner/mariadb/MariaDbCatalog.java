package dev.schemaversion.runner.mariadb;

import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.runner.engine.Catalog;
import dev.schemaversion.runner.engine.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the identity of a MariaDB or MySQL server and its objects. */
public final class MariaDbCatalog implements Catalog {
  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)*");

  private static final String HAS_OBJECTS =
      """
      SELECT EXISTS (SELECT 1 FROM information_schema.tables
          WHERE table_schema = ? AND NOT (table_name = ? AND table_type LIKE '%TABLE'))
        OR EXISTS (SELECT 1 FROM information_schema.routines WHERE routine_schema = ?)
        OR EXISTS (SELECT 1 FROM information_schema.events WHERE event_schema = ?)
      """;

  private final Connection session;

  public MariaDbCatalog(Connection session) {
    this.session = session;
  }

  /**
   * MySQL stores an identifier with its data. MariaDB has no identifier that survives a move to
   * another machine, because {@code server_uid} derives from the address of the network card. Only
   * a Galera cluster has one.
   */
  @Override
  public About about() throws SQLException {
    var version = one("SELECT VERSION()");
    boolean maria = version.contains("MariaDB");
    var identifier =
        maria
            ? Rows.of(session, "SHOW STATUS LIKE 'wsrep_cluster_state_uuid'", r -> r.getString(2))
                .stream()
                .filter(uuid -> !uuid.isBlank())
                .findFirst()
                .orElse(DatabaseIdentity.UNKNOWN)
            : one("SELECT @@server_uuid");
    var readOnly =
        "SELECT UPPER(@@GLOBAL.read_only) NOT IN ('0', 'OFF')"
            + (maria ? "" : " OR UPPER(@@GLOBAL.super_read_only) NOT IN ('0', 'OFF')");
    return new About(
        maria ? "MariaDB" : "MySQL",
        identifier,
        one("SELECT DATABASE()"),
        version(version),
        one(readOnly).equals("1"));
  }

  /** Removes what distributions append to the version: {@code 11.4.3-MariaDB-deb12}. */
  public static String version(String text) {
    // For old replicas, servers prefix their version with 5.5.5.
    var matcher = VERSION.matcher(text.startsWith("5.5.5-") ? text.substring(6) : text);
    return matcher.find() ? matcher.group() : text;
  }

  /** The addition prevents ProxySQL from answering the query itself. */
  @Override
  public String session() throws SQLException {
    return one("SELECT CONNECTION_ID() + 0");
  }

  @Override
  public boolean hasTable(String schema, String table) throws SQLException {
    var sql = "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = ?";
    try (var statement = session.prepareStatement(sql)) {
      statement.setString(1, schema);
      statement.setString(2, table);
      try (var row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  @Override
  public boolean hasObjects(List<String> schemas, String historyTable) throws SQLException {
    try (var statement = session.prepareStatement(HAS_OBJECTS)) {
      statement.setString(1, schemas.getFirst());
      statement.setString(2, historyTable);
      statement.setString(3, schemas.getFirst());
      statement.setString(4, schemas.getFirst());
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /**
   * Always empty: rights have too many sources to evaluate them beforehand, so the server decides.
   */
  @Override
  public Optional<String> mayNotCreate(String schema) {
    return Optional.empty();
  }

  private String one(String sql) throws SQLException {
    return Rows.names(session, sql).getFirst();
  }

  @Override
  public boolean isSuperuser() {
    return false;
  }
}
