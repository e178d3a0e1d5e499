package dev.schemaversion.runner.snapshot.postgres;

import dev.schemaversion.runner.snapshot.Line;
import java.util.Optional;

/**
 * Builds the statement that creates an object's definition again under another name. It supports
 * the kinds that contain an expression which PostgreSQL parses and deparses.
 */
final class RoundTripCandidate {
  private static final String UNIQUE = "UNIQUE ";
  private static final String CONSTRAINT_TRIGGER = "CONSTRAINT TRIGGER ";
  private static final String TRIGGER = "TRIGGER ";

  private RoundTripCandidate() {}

  static Optional<String> statement(Line line, String name) {
    var sql = line.definition();
    var within = line.within();
    return Optional.ofNullable(
        switch (line.kind()) {
          case COLUMN -> "ALTER TABLE " + within + " ADD COLUMN " + name + " " + sql;
          case CONSTRAINT -> "ALTER TABLE " + within + " ADD CONSTRAINT " + name + " " + sql;
          case DOMAIN_CONSTRAINT ->
              "ALTER DOMAIN " + within + " ADD CONSTRAINT " + name + " " + sql;
          case INDEX -> index(sql, name, within);
          case VIEW -> "CREATE VIEW " + within + "." + name + " " + sql;
          case MATERIALIZED_VIEW ->
              "CREATE MATERIALIZED VIEW " + within + "." + name + " " + sql + " WITH NO DATA";
          case FUNCTION -> "CREATE FUNCTION " + within + "." + name + sql;
          case PROCEDURE -> "CREATE PROCEDURE " + within + "." + name + sql;
          case TRIGGER -> trigger(sql, name);
          case RULE -> "CREATE RULE " + name + " " + sql;
          case POLICY -> "CREATE POLICY " + name + " ON " + within + " " + sql;
          case DOMAIN -> "CREATE DOMAIN " + within + "." + name + " AS " + sql;
          case STATISTICS -> "CREATE STATISTICS " + within + "." + name + " " + sql;
          default -> null;
        });
  }

  private static String index(String sql, String name, String table) {
    var unique = sql.startsWith(UNIQUE);
    return "CREATE "
        + (unique ? UNIQUE : "")
        + "INDEX "
        + name
        + " ON "
        + table
        + " "
        + (unique ? sql.substring(UNIQUE.length()) : sql);
  }

  private static String trigger(String sql, String name) {
    var start = sql.startsWith(CONSTRAINT_TRIGGER) ? CONSTRAINT_TRIGGER : TRIGGER;
    return "CREATE " + start + name + " " + sql.substring(start.length());
  }
}
