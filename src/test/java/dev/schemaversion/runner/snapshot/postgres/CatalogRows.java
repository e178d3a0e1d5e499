package dev.schemaversion.runner.snapshot.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The rows of a table of the catalog that describe the objects of a database, without those of the
 * server and of extensions. Changes one value at a time, and takes the change back.
 */
final class CatalogRows implements AutoCloseable {
  private static final String TOAST = "(SELECT oid FROM pg_class WHERE relnamespace = 99)";

  /** What distinguishes the objects that one table describes. */
  private static final Map<String, String> KINDS =
      Map.of(
          "pg_class", ofRelation("oid"),
          "pg_attribute", ofRelation("attrelid"),
          "pg_index", ofRelation("indexrelid"),
          "pg_type", "o.typtype",
          "pg_proc", "o.prokind",
          "pg_constraint", "o.contype",
          "pg_default_acl", "o.defaclobjtype",
          "pg_depend", "CASE o.deptype WHEN 'x' THEN 'x' ELSE 'S' END");

  /** The rows that describe an object, and not a part of one that has no name. */
  private static final Map<String, String> OWN =
      Map.of(
          "pg_class", "o.relnamespace <> 99 OR o.relkind = 't'",
          "pg_attribute", "o.attnum > 0 AND NOT o.attisdropped AND o.attrelid NOT IN " + TOAST,
          "pg_index", "o.indrelid NOT IN " + TOAST,
          "pg_trigger", "NOT o.tgisinternal",
          // whose a sequence is, and with which extension an object is dropped
          "pg_depend",
              "o.deptype = 'x' OR o.deptype IN ('a', 'i') AND o.refobjsubid > 0"
                  + " AND o.objid IN (SELECT seqrelid FROM pg_sequence)");

  private final Connection connection;
  private final String catalog;
  private final long end;

  /**
   * A row.
   *
   * @param id its number among the kept rows
   */
  record Row(int id, String kind) {}

  /**
   * Keeps the values of the rows, so that changes can be taken back.
   *
   * @param columns the columns that are changed
   * @param end the first identifier that no object of the database has
   */
  CatalogRows(Connection connection, List<CatalogColumn> columns, long end) throws SQLException {
    this.connection = connection;
    this.catalog = columns.getFirst().catalog();
    this.end = end;
    var names = columns.stream().map(CatalogColumn::name).toList();
    execute(
        "CREATE TEMP TABLE kept AS SELECT row_number() OVER (ORDER BY ctid DESC)::int AS kept_id, "
            + KINDS.getOrDefault(catalog, "''")
            + "::text AS kept_kind, ctid AS kept_place, "
            + String.join(", ", names)
            + " FROM "
            + catalog
            + " o WHERE "
            + isOfDatabase());
  }

  /** Permits changes, and returns the first identifier that no object of the database has. */
  static long end(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SET allow_system_table_mods = on; CREATE TEMP TABLE last_one ()");
      try (var row = statement.executeQuery("SELECT 'last_one'::regclass::oid")) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static String ofRelation(String oid) {
    return "(SELECT relkind::text || CASE WHEN relispartition THEN ' part' ELSE '' END"
        + " FROM pg_class k WHERE k.oid = o."
        + oid
        + ")";
  }

  private String isOfDatabase() throws SQLException {
    var id =
        strings(
                "SELECT attname FROM pg_attribute WHERE attrelid = '%s'::regclass AND attnum > 0"
                        .formatted(catalog)
                    + " ORDER BY attname = 'oid' DESC, attname IN ('objoid', 'objid') DESC, attnum")
            .getFirst();
    return """
        o.%1$s::oid >= 16384 AND o.%1$s::oid < %2$d AND (%3$s)
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = o.%1$s::oid AND (d.deptype = 'e'
          OR d.deptype = 'i' AND d.classid IN ('pg_type'::regclass, 'pg_proc'::regclass,
            'pg_cast'::regclass)))
        """
        .formatted(id, end, OWN.getOrDefault(catalog, "true"));
  }

  /** The rows, of each kind one before a second one of any. */
  List<Row> rows() throws SQLException {
    try (var statement = connection.createStatement();
        var found =
            statement.executeQuery(
                "SELECT kept_id, kept_kind FROM kept ORDER BY"
                    + " row_number() OVER (PARTITION BY kept_kind ORDER BY kept_id),"
                    + " kept_kind = 'r' DESC, kept_kind")) {
      var rows = new ArrayList<Row>();
      while (found.next()) {
        rows.add(new Row(found.getInt(1), found.getString(2)));
      }
      return rows;
    }
  }

  /** Other values that this column of a row can have, as SQL. */
  List<String> others(CatalogColumn column, Row row) throws SQLException {
    var others = new LinkedHashSet<>(column.derived());
    if (others.isEmpty() || column.type().equals("text")) {
      others.addAll(donated(column, row));
    }
    if (column.references() != null) {
      var other =
          "(SELECT n.oid FROM %s n WHERE n.oid < %d %s ORDER BY n.oid DESC LIMIT 1)"
              .formatted(
                  column.references(),
                  end,
                  column.isArray() ? "" : "AND n.oid <> o." + column.name());
      others.add(column.isArray() ? "ARRAY[" + other + "]::" + column.type() : other);
      if (column.optional() && !column.isArray()) {
        others.add("0::" + column.type());
      }
    }
    if (column.nullable()) {
      others.add("NULL");
    }
    return List.copyOf(others);
  }

  /** The values of other rows of the same kind, those of the database first. */
  private List<String> donated(CatalogColumn column, Row row) throws SQLException {
    var name = column.name();
    return strings(
        """
        SELECT format('(SELECT d.%1$s FROM %2$s d WHERE d.ctid = ''%%s'')', max(o.ctid))
        FROM %2$s o, kept r
        WHERE r.kept_id = %3$d AND %4$s::text = r.kept_kind
          AND o.%1$s::text <> coalesce(r.%1$s::text, chr(1)) %5$s
        GROUP BY o.%1$s::text ORDER BY max(o.ctid) DESC LIMIT 4"""
            .formatted(
                name,
                catalog,
                row.id(),
                KINDS.getOrDefault(catalog, "''"),
                column.isArray() && !column.isList()
                    ? "AND cardinality(o.%1$s) = cardinality(r.%1$s)".formatted(name)
                    : column.type().equals("pg_node_tree") ? "AND " + isOfDatabase() : ""));
  }

  /** Changes one value; returns false if the row has it already. */
  boolean change(CatalogColumn column, Row row, String value) throws SQLException {
    return set(
        column,
        row,
        """
        %1$s WHERE o.ctid = (SELECT kept_place FROM kept WHERE kept_id = %2$d)
          AND (%1$s)::text IS DISTINCT FROM o.%3$s::text"""
            .formatted(value, row.id(), column.name()));
  }

  /** Gives a value back that was changed. */
  void undo(CatalogColumn column, Row row) throws SQLException {
    set(
        column,
        row,
        "k.%s FROM kept k WHERE o.ctid = kept_place AND kept_id = %d"
            .formatted(column.name(), row.id()));
  }

  private boolean set(CatalogColumn column, Row row, String value) throws SQLException {
    return !strings(
            """
            WITH changed AS (UPDATE %s o SET %s = %s RETURNING o.ctid)
            UPDATE kept SET kept_place = changed.ctid FROM changed WHERE kept_id = %d
            RETURNING kept_id"""
                .formatted(catalog, column.name(), value, row.id()))
        .isEmpty();
  }

  private List<String> strings(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var strings = new ArrayList<String>();
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
      return strings;
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    execute("DROP TABLE kept");
  }
}
