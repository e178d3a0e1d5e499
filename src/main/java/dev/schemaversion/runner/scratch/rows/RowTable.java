package dev.schemaversion.runner.scratch.rows;

import java.util.List;

/**
 * A table whose rows can be copied.
 *
 * @param schema the name of its schema
 * @param name its name in the schema
 * @param sql its qualified name, quoted as SQL
 * @param bytes its size with its indexes
 * @param columns the columns that can be written, quoted as SQL
 * @param partOf the partitioned tables that it is a part of, as {@code schema.table}
 * @param references the tables to which its foreign keys refer, as {@code schema.table}
 */
public record RowTable(
    String schema,
    String name,
    String sql,
    long bytes,
    List<String> columns,
    List<String> partOf,
    List<String> references) {

  /** {@code schema.table}, without quotes. */
  public String qualified() {
    return schema + "." + name;
  }

  /** Whether a qualified name names this table, or one that it is a part of. */
  boolean isNamed(String qualified) {
    return qualified().equals(qualified) || partOf.contains(qualified);
  }
}
