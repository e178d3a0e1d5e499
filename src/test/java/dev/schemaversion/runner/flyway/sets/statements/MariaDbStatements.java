package dev.schemaversion.runner.flyway.sets.statements;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Statements of MariaDB. */
public final class MariaDbStatements extends Statements {
  private static final List<Table.Type> TYPES =
      List.of(
          new Table.Type("int", "bigint", true, List.of("1", "42", "NULL")),
          new Table.Type("varchar(20)", "varchar(90)", true, List.of("'a'", "'ö;'", "NULL")),
          new Table.Type("decimal(8,2)", "decimal(12,4)", true, List.of("1.50", "-2")),
          new Table.Type("date", "datetime", true, List.of("'2024-02-29'", "NULL")),
          new Table.Type(
              "enum('one', 'two')", "enum('one', 'two', 'three')", true, List.of("'one'")),
          new Table.Type("tinyint(1)", "smallint", true, List.of("TRUE", "FALSE", "NULL")),
          new Table.Type("text", "mediumtext", false, List.of("'long text'", "NULL")),
          new Table.Type("json", "json", false, List.of("'{\"a\": [1, \"x;\"]}'", "NULL")),
          new Table.Type("varbinary(16)", "varbinary(64)", true, List.of("x'00ff'", "NULL")));

  /** Statements about tables whose names begin with the prefix. */
  public MariaDbStatements(Random random, Placeholders placeholders, String prefix) {
    super(random, placeholders, prefix);
  }

  @Override
  List<Table.Type> types() {
    return TYPES;
  }

  @Override
  String id() {
    return "id int NOT NULL AUTO_INCREMENT PRIMARY KEY";
  }

  @Override
  String widen(Table table, Table.Column column) {
    return modify(table, column, column.type.wider());
  }

  @Override
  String require(Table table, Table.Column column) {
    return modify(table, column, column.type.wider());
  }

  private static String modify(Table table, Table.Column column, String type) {
    return "ALTER TABLE %s MODIFY COLUMN %s %s%s;\n"
        .formatted(table.name, column.name, type, column.mandatory ? " NOT NULL" : "");
  }

  @Override
  String dropIndex(String index, String table) {
    return "DROP INDEX " + index + " ON " + table + ";\n";
  }

  @Override
  public String widenAnchor() {
    return "ALTER TABLE anchor MODIFY COLUMN amount varchar(%d);\n"
        .formatted(30 + chance.below(50));
  }

  @Override
  List<Supplier<String>> ofTheEngine() {
    return List.of(
        this::function,
        this::procedure,
        this::trigger,
        this::generatedColumn,
        this::check,
        this::comment,
        this::variable,
        this::sequence,
        this::versioned);
  }

  private String function() {
    return "CREATE FUNCTION %s(x int) RETURNS int DETERMINISTIC RETURN x + %d;\n"
        .formatted(newName("f"), chance.below(9));
  }

  private String procedure() {
    var table = anyTable();
    return """
    DELIMITER //
    CREATE PROCEDURE %s()
    BEGIN
      -- größer; or not
      UPDATE %s SET label = 'by procedure';
    END//
    DELIMITER ;
    """
        .formatted(newName("p"), table.name);
  }

  private String trigger() {
    var table = anyTable();
    table.needed = true;
    return """
    DELIMITER $$
    CREATE TRIGGER %s BEFORE INSERT ON %s FOR EACH ROW
    BEGIN
      IF NEW.label = 'plain' THEN SET NEW.label = 'changed by a trigger'; END IF;
    END$$
    DELIMITER ;
    """
        .formatted(newName("tr"), table.name);
  }

  private String generatedColumn() {
    return "ALTER TABLE %s ADD COLUMN %s int AS (char_length(label)) STORED;\n"
        .formatted(anyTable().name, newName("g"));
  }

  private String check() {
    return "ALTER TABLE %s ADD CONSTRAINT %s CHECK (char_length(label) < 1000);\n"
        .formatted(anyTable().name, newName("ck"));
  }

  private String comment() {
    return "ALTER TABLE %s COMMENT = 'of %s';\n"
        .formatted(anyTable().name, placeholders.of("app.name", "nobody"));
  }

  private String variable() {
    return "SET @label = 'from a variable';\n"
        + "INSERT INTO anchor (id, name) SELECT coalesce(max(id), 0) + 1, @label FROM"
        + " anchor;\n";
  }

  private String sequence() {
    return "CREATE SEQUENCE " + newName("s") + " START WITH 5;\n";
  }

  /** What only MariaDB reads. */
  private String versioned() {
    return "/*!50003 CREATE TABLE %s (id int PRIMARY KEY) ENGINE=InnoDB */;\n"
        .formatted(newName("own"));
  }
}
