package dev.schemaversion.runner.impact;

/**
 * The name of a table as the real database has it, before the migrations.
 *
 * @param schema the schema; in MariaDB and MySQL the database
 * @param name the table
 */
public record TableName(String schema, String name) {
  @Override
  public String toString() {
    return schema + "." + name;
  }
}
