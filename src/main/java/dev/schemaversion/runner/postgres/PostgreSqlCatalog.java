package dev.schemaversion.runner.postgres;

import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.runner.engine.Catalog;
import dev.schemaversion.runner.engine.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads the identity of a PostgreSQL server and its objects, without members of extensions. */
final class PostgreSqlCatalog implements Catalog {
  private static final String ABOUT =
      """
      SELECT current_setting('server_version'), current_database(), pg_is_in_recovery(),
             has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE')
      """;

  private static final String EXISTS =
      """
      SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'f'))
      """;

  private static final String HAS_OBJECTS =
      """
      SELECT EXISTS (SELECT FROM (
        SELECT 'pg_class'::regclass AS catalog, oid, relnamespace AS namespace, relname AS name,
               relkind IN ('r', 'p') AS is_table
          FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
        UNION ALL SELECT 'pg_proc'::regclass, oid, pronamespace, proname, false FROM pg_proc
        UNION ALL SELECT 'pg_type'::regclass, t.oid, typnamespace, typname, false FROM pg_type t
          LEFT JOIN pg_class c ON c.oid = t.typrelid WHERE typtype <> 'c' OR c.relkind = 'c'
        UNION ALL SELECT 'pg_collation'::regclass, oid, collnamespace, collname, false
          FROM pg_collation
        UNION ALL SELECT 'pg_conversion'::regclass, oid, connamespace, conname, false
          FROM pg_conversion
        UNION ALL SELECT 'pg_operator'::regclass, oid, oprnamespace, oprname, false
          FROM pg_operator
        UNION ALL SELECT 'pg_opclass'::regclass, oid, opcnamespace, opcname, false
          FROM pg_opclass
        UNION ALL SELECT 'pg_opfamily'::regclass, oid, opfnamespace, opfname, false
          FROM pg_opfamily
        UNION ALL SELECT 'pg_statistic_ext'::regclass, oid, stxnamespace, stxname, false
          FROM pg_statistic_ext
        UNION ALL SELECT 'pg_ts_config'::regclass, oid, cfgnamespace, cfgname, false FROM pg_ts_config
        UNION ALL SELECT 'pg_ts_dict'::regclass, oid, dictnamespace, dictname, false FROM pg_ts_dict
        UNION ALL SELECT 'pg_ts_parser'::regclass, oid, prsnamespace, prsname, false FROM pg_ts_parser
        UNION ALL SELECT 'pg_ts_template'::regclass, oid, tmplnamespace, tmplname, false FROM pg_ts_template
      ) o
      JOIN pg_namespace n ON n.oid = o.namespace
      WHERE n.nspname = ANY (?) AND NOT (n.nspname = ? AND o.is_table AND o.name = ?)
        -- members of extensions, and what belongs to another object: array types, identities;
        -- a partitioned table belongs to the columns of its own key
        AND NOT EXISTS (SELECT FROM pg_depend d
          WHERE d.classid = o.catalog AND d.objid = o.oid AND d.deptype IN ('e', 'i')
            AND (d.refclassid, d.refobjid) <> (d.classid, d.objid)))
      """;

  private static final String MAY_CREATE =
      """
      SELECT CASE WHEN EXISTS (SELECT FROM pg_namespace WHERE nspname = ?)
        THEN has_schema_privilege(?, 'CREATE')
        ELSE has_database_privilege(current_database(), 'CREATE') END, current_user
      """;

  private final Connection session;

  PostgreSqlCatalog(Connection session) {
    this.session = session;
  }

  @Override
  public About about() throws SQLException {
    return Rows.of(
            session,
            ABOUT,
            row ->
                new About(
                    "PostgreSQL",
                    row.getBoolean(4) ? identifier() : DatabaseIdentity.UNKNOWN,
                    row.getString(2),
                    // Distributions append their package version: "17.2 (Debian 17.2-1)".
                    row.getString(1).split(" ", 2)[0],
                    row.getBoolean(3)))
        .getFirst();
  }

  private String identifier() throws SQLException {
    return Rows.names(session, "SELECT system_identifier FROM pg_control_system()").getFirst();
  }

  @Override
  public String session() throws SQLException {
    return Rows.names(session, "SELECT pg_backend_pid()").getFirst();
  }

  @Override
  public boolean hasTable(String schema, String table) throws SQLException {
    try (var statement = session.prepareStatement(EXISTS)) {
      statement.setString(1, schema);
      statement.setString(2, table);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** Flyway's own check for emptiness misses partitioned tables and materialized views. */
  @Override
  public boolean hasObjects(List<String> schemas, String historyTable) throws SQLException {
    try (var statement = session.prepareStatement(HAS_OBJECTS)) {
      statement.setArray(1, session.createArrayOf("text", schemas.toArray()));
      statement.setString(2, schemas.getFirst());
      statement.setString(3, historyTable);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  @Override
  public boolean isSuperuser() throws SQLException {
    return Rows.of(
            session,
            "SELECT bool_or(rolsuper) FROM pg_roles WHERE rolname IN (session_user, current_user)",
            row -> row.getBoolean(1))
        .getFirst();
  }

  @Override
  public Optional<String> mayNotCreate(String schema) throws SQLException {
    try (var statement = session.prepareStatement(MAY_CREATE)) {
      statement.setString(1, schema);
      statement.setString(2, schema);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1) ? Optional.empty() : Optional.of(row.getString(2));
      }
    }
  }
}
