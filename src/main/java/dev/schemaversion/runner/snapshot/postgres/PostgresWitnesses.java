package dev.schemaversion.runner.snapshot.postgres;

import dev.schemaversion.runner.snapshot.Kind;
import dev.schemaversion.runner.snapshot.Witness;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.postgresql.PGStatement;

/** Confirms witnesses with one query, which finds each object by an index of the catalog. */
final class PostgresWitnesses {
  /**
   * What a reading contains must be there under the same conditions as in lines.sql. A column that
   * a history table of Flyway has confirms nothing, because such a table is not read.
   */
  private static final String CONFIRMED =
      """
      SELECT number
      FROM unnest(?::text[], ?::text[], ?::text[], ?::boolean[]) WITH ORDINALITY
        AS witness (relation, attribute, kinds, built, number)
      WHERE CASE
        WHEN built THEN EXISTS (
          SELECT FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
          WHERE c.oid = to_regclass(relation) AND strpos(kinds, c.relkind::text) > 0
            AND NOT c.relispartition
            AND a.attname = attribute::name AND a.attnum > 0 AND NOT a.attisdropped
            AND attribute NOT IN ('checksum', 'description', 'execution_time', 'installed_by',
              'installed_on', 'installed_rank', 'script', 'success', 'type', 'version')
            AND NOT EXISTS (SELECT FROM pg_depend
              WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e'))
        WHEN attribute = '' THEN to_regclass(relation) IS NULL
        ELSE NOT EXISTS (SELECT FROM pg_attribute a
          WHERE a.attrelid = to_regclass(relation) AND a.attname = attribute::name
            AND NOT a.attisdropped)
        END
      """;

  private PostgresWitnesses() {}

  static Set<Witness> confirmed(Connection connection, List<Witness> witnesses)
      throws SQLException {
    try (var statement = connection.prepareStatement(CONFIRMED)) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(1); // keeps the plan
      statement.setArray(1, texts(connection, witnesses, Witness::relation));
      statement.setArray(2, texts(connection, witnesses, PostgresWitnesses::attribute));
      statement.setArray(3, texts(connection, witnesses, PostgresWitnesses::kinds));
      statement.setArray(
          4, connection.createArrayOf("bool", witnesses.stream().map(Witness::isBuilt).toArray()));
      var confirmed = new HashSet<Witness>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          confirmed.add(witnesses.get(rows.getInt(1) - 1));
        }
      }
      return confirmed;
    }
  }

  private static Array texts(
      Connection connection, List<Witness> witnesses, Function<Witness, String> text)
      throws SQLException {
    return connection.createArrayOf("text", witnesses.stream().map(text).toArray());
  }

  /** The name of a column without quotes, so that no setting affects the comparison. */
  private static String attribute(Witness witness) {
    if (!witness.isColumn()) {
      return "";
    }
    var name = witness.object().local();
    return name.startsWith("\"")
        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
        : name;
  }

  /** The values of {@code relkind} that have columns of this kind. */
  private static String kinds(Witness witness) {
    return witness.object().kind() == Kind.VIEW_COLUMN ? "vm" : "rpf";
  }
}
