package dev.schemaversion.runner.mariadb.rows;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.mariadb.MariaDb.Product;
import dev.schemaversion.runner.rows.RowRule;
import dev.schemaversion.runner.rows.RowRules;
import dev.schemaversion.runner.rows.RowRulesReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what the rows of a MariaDB or MySQL database must satisfy. */
public final class MariaDbRowRules implements RowRulesReader {
  /** What makes the server accept, change or leave unchecked what it would refuse. */
  private static final Pattern LENIENT =
      Pattern.compile(
          ".*\\b(?:sql_mode|foreign_key_checks|check_constraint_checks|unique_checks|IGNORE)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Names as a statement may write them, without quotes and in lower case. */
  private static final String HIDDEN =
      """
      SELECT LOWER(table_name) FROM information_schema.views WHERE table_schema = DATABASE()
      UNION SELECT LOWER(routine_name) FROM information_schema.routines
        WHERE routine_schema = DATABASE()
      UNION SELECT LOWER(event_object_table) FROM information_schema.triggers
        WHERE trigger_schema = DATABASE()
      UNION SELECT LOWER(referenced_table_name) FROM information_schema.referential_constraints
        WHERE constraint_schema = DATABASE() AND (delete_rule NOT IN ('RESTRICT', 'NO ACTION')
          OR update_rule NOT IN ('RESTRICT', 'NO ACTION'))
      """;

  private final Product product;

  /** A reader for the databases of a product. */
  public MariaDbRowRules(Product product) {
    this.product = product;
  }

  @Override
  public RowRules read(Connection session, List<String> schemas) throws SQLException {
    var columns = ColumnRules.read(session);
    var rules = new ArrayList<RowRule>(columns.rules());
    rules.addAll(UniqueRules.read(session, columns));
    rules.addAll(ForeignKeyRules.read(session, columns));
    if (product == Product.MARIADB) {
      // MySQL lists its checks in another way.
      rules.addAll(CheckRules.read(session, columns));
    }
    return new RowRules(
        rules,
        columns.facts(),
        columns.limits(),
        Set.copyOf(Rows.names(session, HIDDEN)),
        false,
        true);
  }

  @Override
  public void prepare(Connection real) throws SQLException {
    try (var statement = real.createStatement()) {
      statement.execute("SET SESSION TRANSACTION READ ONLY");
    }
  }

  @Override
  public boolean isStrict(Connection real, List<String> statements) throws SQLException {
    return Rows.names(real, "SELECT @@sql_mode").getFirst().contains("STRICT_")
        && statements.stream().noneMatch(sql -> LENIENT.matcher(sql).matches());
  }
}
