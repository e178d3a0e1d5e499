package dev.schemaversion.samples;

import java.util.List;

/** A database's schema as lines, in PostgreSQL's own words, without Flyway's table. */
final class GlanceSchema {

  private static final String OBJECTS =
      """
      WITH relations AS (
        SELECT oid, relname, relkind FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relname !~ '^flyway_schema_history'
      )
      SELECT 'column ' || r.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod)
             || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
             || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') AS definition,
             1 AS part, r.relname AS parent, a.attnum AS position
      FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid
      LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
      WHERE r.relkind NOT IN ('i', 'S') AND a.attnum > 0 AND NOT a.attisdropped
      UNION ALL
      SELECT 'constraint ' || c.conname, r.relname || ' ' || pg_get_constraintdef(c.oid), 2, c.conname, 0
      FROM relations r JOIN pg_constraint c ON c.conrelid = r.oid
      WHERE c.contype <> 'n'
      UNION ALL
      SELECT 'index ' || r.relname, regexp_replace(pg_get_indexdef(r.oid), '^(CREATE.* INDEX) .* ON ', '\\1 ON '),
             3, r.relname, 0
      FROM relations r WHERE r.relkind = 'i'
      UNION ALL
      SELECT 'sequence ' || r.relname, format_type(s.seqtypid, NULL)
             || coalesce(' OWNED BY ' || d.refobjid::regclass || '.' || a.attname, ''), 4, r.relname, 0
      FROM relations r JOIN pg_sequence s ON s.seqrelid = r.oid
      LEFT JOIN pg_depend d ON d.objid = r.oid AND d.deptype = 'a'
      LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      UNION ALL
      SELECT 'function ' || p.proname, pg_get_functiondef(p.oid), 5, p.proname, 0
      FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
      UNION ALL
      SELECT 'trigger ' || t.tgname, pg_get_triggerdef(t.oid), 6, t.tgname, 0
      FROM relations r JOIN pg_trigger t ON t.tgrelid = r.oid WHERE NOT t.tgisinternal
      """;

  private GlanceSchema() {}

  /** One line per object; columns in their order. */
  static List<String> of(GlanceDatabase database) {
    return database.rows(
        "SELECT line FROM (SELECT column1 || ': ' || definition AS line, part, parent, position FROM ("
            + OBJECTS
            + ") AS o (column1, definition, part, parent, position)) AS l"
            + " ORDER BY part, parent COLLATE \"C\", position");
  }
}
