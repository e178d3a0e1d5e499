package dev.schemaversion.runner.postgres.rows;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.postgres.Quoted;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tables that the migrations own, as the catalog lists them, and the parts of queries about
 * them. A partition's rows are those of the table that it is a part of, so it is none of them.
 */
final class OwnTables {
  /** What {@link RuledTable#read} reads, as the first four columns. */
  static final String TABLE =
      "c.oid, c.relkind = 'p', format('%I.%I', n.nspname, c.relname), c.relname";

  /** A constraint {@code k} is in force for all rows. */
  static final String IN_FORCE =
      "k.convalidated AND COALESCE(to_jsonb(k) ->> 'conenforced', 'true') = 'true'";

  private final Connection session;
  private final String schemas;

  OwnTables(Connection session, List<String> schemas) {
    this.session = session;
    this.schemas =
        "ARRAY[" + schemas.stream().map(Quoted::text).collect(Collectors.joining(", ")) + "]";
  }

  /** Selects from the tables {@code c} of the schemas {@code n}. */
  <T> List<T> select(String columns, String join, String where, Rows.Mapper<T> mapper)
      throws SQLException {
    return Rows.of(
        session,
        """
        SELECT %s FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        %s
        WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname = ANY(%s) AND %s
        ORDER BY 1
        """
            .formatted(columns, join, schemas, where),
        mapper);
  }

  /**
   * The columns that a condition on attribute {@code a} selects, as {@link RuledTable#uses} reads
   * them.
   */
  static String columns(String condition) {
    return columns(condition, "c.oid");
  }

  /** The same of another table. */
  static String columns(String condition, String table) {
    return """
    ARRAY(SELECT a.attnum || ':' || quote_ident(a.attname) || ' is '
      || format_type(a.atttypid, a.atttypmod) || ' ' || a.attcollation
      FROM pg_attribute a WHERE a.attrelid = %s AND a.attnum > 0 AND (%s))
    """
        .formatted(table, condition);
  }

  /**
   * An object uses no function or operator of users, which may be another, or not there yet, on the
   * real database.
   */
  static String usesOnlyBuiltIn(String catalog, String oid) {
    return "NOT EXISTS (SELECT FROM pg_depend u WHERE u.classid = '%s'::regclass AND u.objid = %s"
            .formatted(catalog, oid)
        + " AND u.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass))";
  }

  /** The value of a column that is an array of texts. */
  static List<String> texts(ResultSet row, int column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }
}
