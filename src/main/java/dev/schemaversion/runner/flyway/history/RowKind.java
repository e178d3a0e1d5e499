package dev.schemaversion.runner.flyway.history;

/** What a row of Flyway's history says, from its type. */
public enum RowKind {
  /** A versioned or repeatable SQL script ran, or a baseline script. */
  SQL,
  /** The database was stamped. */
  BASELINE,
  /** Flyway created the schemas. */
  SCHEMA,
  /** A migration no longer counts, because {@code flyway repair} did not find its file. */
  DELETE,
  /** A migration was undone. */
  UNDO,
  /** A migration ran that is not SQL: a class, or a script of a shell. */
  OTHER,
  /** Flyway does not know the type. */
  UNKNOWN;

  public static RowKind of(String type) {
    return switch (type) {
      case "SQL", "SQL_BASELINE" -> SQL;
      case "BASELINE" -> BASELINE;
      case "SCHEMA" -> SCHEMA;
      case "DELETE" -> DELETE;
      case "UNDO_SQL", "UNDO_JDBC", "UNDO_SCRIPT" -> UNDO;
      case "JDBC", "SPRING_JDBC", "SCRIPT", "CUSTOM", "JDBC_BASELINE" -> OTHER;
      default -> UNKNOWN;
    };
  }
}
