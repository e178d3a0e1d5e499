package dev.schemaversion.e2e.tools;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The recipes of {@code deploy/samples/tools} on PostgreSQL, each with a row that fits its first
 * version. Each has three versions, wants the second one, and has an image of its folder's name.
 */
enum Recipe {
  ALEMBIC(Row.CUSTOMER),
  DJANGO(Row.CUSTOMER_WITH_USER),
  FLYWAY(Row.CUSTOMER),
  GOLANG_MIGRATE(Row.CUSTOMER),
  LIQUIBASE(Row.CUSTOMER);

  /**
   * A row of a program.
   *
   * @param insert what writes it
   * @param select what reads it
   * @param text what is read then
   */
  record Row(String insert, String select, String text) {
    static final Row CUSTOMER =
        new Row(
            "INSERT INTO customers (id, name) VALUES (1, 'Ada')",
            "SELECT id, name FROM customers",
            "1|Ada");

    static final Row CUSTOMER_WITH_USER =
        new Row(
            """
            INSERT INTO auth_user (id, username, password, first_name, last_name, email,
              is_superuser, is_staff, is_active, date_joined)
              VALUES (7, 'ada', '', '', '', '', false, false, true, now());
            INSERT INTO shop_customer (id, user_id) VALUES (1, 7)
            """,
            "SELECT id, user_id FROM shop_customer",
            "1|7");
  }

  final Row row;

  Recipe(Row row) {
    this.row = row;
  }

  /** The name of the folder. */
  String folder() {
    return name().toLowerCase().replace('_', '-');
  }

  /** Those that {@code -Dtools} names, separated by commas, or all of them. */
  static List<Recipe> wanted() {
    var asked = System.getProperty("tools", "");
    return asked.equals("all")
        ? List.of(values())
        : Stream.of(values())
            .filter(recipe -> Arrays.asList(asked.split(",")).contains(recipe.folder()))
            .toList();
  }

  @Override
  public String toString() {
    return folder();
  }
}
