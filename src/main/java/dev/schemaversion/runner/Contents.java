package dev.schemaversion.runner;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is in the schemas besides the history table and the members of extensions. Flyway's own idea
 * of "empty" misses partitioned tables and materialized views.
 */
final class Contents {
  private static final int NAMED = 5;

  /** Where other tools keep the version. They are told of, and never trusted. */
  private static final Map<String, String> OTHER_TOOLS =
      Map.of(
          "migrate_version", "sqlalchemy-migrate",
          "alembic_version", "Alembic",
          "schema_migrations", "Rails, golang-migrate or dbmate",
          "databasechangelog", "Liquibase",
          "django_migrations", "Django");

  private static final String OBJECTS =
      """
      SELECT n.nspname, o.kind, o.name
      FROM (
        SELECT 'pg_class'::regclass AS catalog, oid, relnamespace AS namespace, relname AS name,
               CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
                 WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table' ELSE 'table' END AS kind
          FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
        UNION ALL SELECT 'pg_proc'::regclass, oid, pronamespace, proname, 'function' FROM pg_proc
        UNION ALL SELECT 'pg_type'::regclass, t.oid, typnamespace, typname, 'type' FROM pg_type t
          LEFT JOIN pg_class c ON c.oid = t.typrelid WHERE typtype <> 'c' OR c.relkind = 'c'
        UNION ALL SELECT 'pg_collation'::regclass, oid, collnamespace, collname, 'collation'
          FROM pg_collation
        UNION ALL SELECT 'pg_conversion'::regclass, oid, connamespace, conname, 'conversion'
          FROM pg_conversion
        UNION ALL SELECT 'pg_operator'::regclass, oid, oprnamespace, oprname, 'operator'
          FROM pg_operator
        UNION ALL SELECT 'pg_opclass'::regclass, oid, opcnamespace, opcname, 'operator class'
          FROM pg_opclass
        UNION ALL SELECT 'pg_opfamily'::regclass, oid, opfnamespace, opfname, 'operator family'
          FROM pg_opfamily
        UNION ALL SELECT 'pg_statistic_ext'::regclass, oid, stxnamespace, stxname, 'statistics'
          FROM pg_statistic_ext
        UNION ALL SELECT 'pg_ts_config'::regclass, oid, cfgnamespace, cfgname,
          'text search configuration' FROM pg_ts_config
        UNION ALL SELECT 'pg_ts_dict'::regclass, oid, dictnamespace, dictname,
          'text search dictionary' FROM pg_ts_dict
        UNION ALL SELECT 'pg_ts_parser'::regclass, oid, prsnamespace, prsname,
          'text search parser' FROM pg_ts_parser
        UNION ALL SELECT 'pg_ts_template'::regclass, oid, tmplnamespace, tmplname,
          'text search template' FROM pg_ts_template
      ) o
      JOIN pg_namespace n ON n.oid = o.namespace
      WHERE n.nspname = ANY (?) AND NOT (n.nspname = ? AND o.kind = 'table' AND o.name = ?)
        -- members of extensions, and what belongs to another object: array types, identities;
        -- a partitioned table belongs to the columns of its own key
        AND NOT EXISTS (SELECT FROM pg_depend d
          WHERE d.classid = o.catalog AND d.objid = o.oid AND d.deptype IN ('e', 'i')
            AND (d.refclassid, d.refobjid) <> (d.classid, d.objid))
      ORDER BY o.kind <> 'table', o.kind, o.name
      """;

  private final Map<String, List<String>> bySchema = new TreeMap<>();
  private final List<String> otherTools = new ArrayList<>();

  private Contents() {}

  /** Reads what is there. The first schema is the one that may hold the history table. */
  static Contents read(Connection connection, List<String> schemas, String historyTable)
      throws SQLException {
    var contents = new Contents();
    try (var statement = connection.prepareStatement(OBJECTS)) {
      statement.setArray(1, connection.createArrayOf("text", schemas.toArray()));
      statement.setString(2, schemas.getFirst());
      statement.setString(3, historyTable);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          contents.add(rows.getString(1), rows.getString(2), rows.getString(3));
        }
      }
    }
    return contents;
  }

  private void add(String schema, String kind, String name) {
    bySchema.computeIfAbsent(schema, key -> new ArrayList<>()).add(kind + " " + name);
    if (kind.equals("table") && OTHER_TOOLS.containsKey(name)) {
      otherTools.add(name + " of " + OTHER_TOOLS.get(name));
    }
  }

  boolean isEmpty() {
    return bySchema.isEmpty();
  }

  /** How much there is in which schema, a few names, and whose traces are among them. */
  String describe() {
    var schemas =
        bySchema.entrySet().stream()
            .map(entry -> describe(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining("; "));
    return otherTools.isEmpty() ? schemas : schemas + "." + otherTools();
  }

  /** Whose traces are there, in a sentence without a full stop; empty if nobody's are. */
  String otherTools() {
    return otherTools.isEmpty()
        ? ""
        : " There is the table "
            + String.join(", ", otherTools)
            + "; what it says is only a claim and is not trusted";
  }

  private static String describe(String schema, List<String> objects) {
    var some = String.join(", ", objects.subList(0, Math.min(NAMED, objects.size())));
    return "schema “"
        + schema
        + "” has "
        + objects.size()
        + (objects.size() == 1 ? " object (" : " objects (")
        + some
        + (objects.size() > NAMED ? ", …)" : ")");
  }
}
