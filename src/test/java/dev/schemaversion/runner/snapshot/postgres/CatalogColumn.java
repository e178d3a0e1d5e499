package dev.schemaversion.runner.snapshot.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of a table of PostgreSQL's catalog, as the catalog itself describes it.
 *
 * @param catalog the table
 * @param type the type as SQL writes it
 * @param nullable whether it can be null
 * @param isArray whether it has elements
 * @param references the table whose rows it names, or null
 * @param optional whether it can name none of them
 */
record CatalogColumn(
    String catalog,
    String name,
    String type,
    boolean nullable,
    boolean isArray,
    String references,
    boolean optional) {
  /** Roles and tablespaces, which all databases share, are in no dump of one of them. */
  private static final String ALL =
      """
      SELECT c.relname, a.attname, format_type(a.atttypid, NULL), NOT a.attnotnull,
        t.typcategory = 'A', f.pktable::text, f.is_opt
      FROM pg_attribute a
      JOIN pg_class c ON c.oid = a.attrelid
      JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_get_catalog_foreign_keys() f
        ON f.fktable = c.oid AND f.fkcols = ARRAY[a.attname::text] AND f.pkcols = '{oid}'
      WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r'
        AND NOT c.relisshared AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY c.relname, a.attnum
      """;

  static List<CatalogColumn> all(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(ALL)) {
      var all = new ArrayList<CatalogColumn>();
      while (rows.next()) {
        all.add(
            new CatalogColumn(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                rows.getBoolean(4),
                rows.getBoolean(5),
                rows.getString(6),
                rows.getBoolean(7)));
      }
      return all;
    }
  }

  String property() {
    return catalog + "." + name;
  }

  /** Whether arrays of another length are no nonsense to the server, which trusts its catalog. */
  boolean isList() {
    return type.equals("text[]") || type.equals("aclitem[]");
  }

  /** New values that are made from the old one; there are none of a type whose values are names. */
  List<String> derived() {
    return switch (type) {
      case "boolean" -> List.of("NOT " + name);
      case "name" -> List.of(name + " || '_x'");
      case "text" -> List.of(name + " || 'x'");
      // the second one also where a unique index has the next number
      case "smallint", "integer", "bigint", "real" ->
          List.of("coalesce(" + name + ", 0) + 1", "1000 - " + name);
      case "bytea" -> List.of("set_byte(" + name + ", 0, 99)");
      default -> List.of();
    };
  }
}
