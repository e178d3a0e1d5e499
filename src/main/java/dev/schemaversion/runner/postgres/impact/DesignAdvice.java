package dev.schemaversion.runner.postgres.impact;

import dev.schemaversion.runner.engine.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Advice about columns, types and keys that did not exist before. */
final class DesignAdvice {
  private static final String QUERY =
      """
      SELECT format('the new column %I.%I.%I has type json, which has no equality, so that DISTINCT'
                    ' and GROUP BY fail on it; jsonb has it', n.nspname, c.relname, a.attname)
      FROM pg_attribute a
      JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE a.atttypid = 'json'::regtype AND NOT a.attisdropped AND NOT c.relispartition
        AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
      UNION ALL
      SELECT format('the new type %I.%I is an enum, of which no value can be removed later; a table'
                    ' with a foreign key to it can change', n.nspname, t.typname)
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e'
      UNION ALL
      SELECT format('the new foreign key %I of %I.%I has no index on its columns, so that each DELETE'
                    ' and key UPDATE in %s scans the table; create one CONCURRENTLY', k.conname,
                    n.nspname, c.relname, k.confrelid::regclass)
      FROM pg_constraint k
      JOIN pg_class c ON c.oid = k.conrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE k.contype = 'f' AND k.conparentid = 0 AND NOT EXISTS (
        SELECT FROM pg_index i WHERE i.indrelid = k.conrelid AND i.indpred IS NULL
          AND (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)
      ORDER BY 1
      """;

  private final Set<String> before;

  private DesignAdvice(Set<String> before) {
    this.before = before;
  }

  /** Remembers what is there. */
  static DesignAdvice before(Connection clone) throws SQLException {
    return new DesignAdvice(new LinkedHashSet<>(Rows.names(clone, QUERY)));
  }

  /** Returns the advice about what has come. */
  List<String> since(Connection clone) throws SQLException {
    return Rows.names(clone, QUERY).stream().filter(each -> !before.contains(each)).toList();
  }
}
