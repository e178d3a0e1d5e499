package dev.schemaversion.runner.rows;

import java.util.List;

/**
 * Something that the rows of a table must satisfy.
 *
 * @param key identifies the rule by what it demands, and not by its name
 * @param what what it demands, to follow the name of a table: {@code must not have NULL in name}
 * @param table the table as SQL names it
 * @param tables the local names of the tables that decide about it
 * @param uses what must be the same before the migrations for the rule to be about the same values,
 *     see {@link RowRules#facts}
 * @param mayBeFewer whether a part of the table can go away without a statement that names it
 * @param limit for a rule about the size of values, the largest one; else {@link #NO_LIMIT}
 * @param count a query for the number of rows that break the rule
 * @param query a query that shows them
 */
public record RowRule(
    String key,
    String what,
    String table,
    List<String> tables,
    List<String> uses,
    boolean mayBeFewer,
    long limit,
    String count,
    String query) {
  /** Stands for no limit. */
  public static final long NO_LIMIT = Long.MAX_VALUE;

  /**
   * A rule whose rows a condition finds.
   *
   * @param from what follows {@code SELECT …}, with {@code FROM} and {@code WHERE}
   */
  public static RowRule ofRows(
      String key,
      String what,
      String table,
      List<String> tables,
      List<String> uses,
      boolean mayBeFewer,
      String from) {
    return new RowRule(
        key,
        what,
        table,
        tables,
        uses,
        mayBeFewer,
        NO_LIMIT,
        "SELECT count(*) " + from,
        "SELECT * " + from);
  }

  /**
   * A rule that no two rows have the same values.
   *
   * @param values the values, as SQL
   * @param from what follows {@code SELECT …}, with {@code FROM} and {@code WHERE}
   */
  public static RowRule ofGroups(
      String key,
      String table,
      List<String> tables,
      List<String> uses,
      boolean mayBeFewer,
      List<String> values,
      String from) {
    var list = String.join(", ", values);
    var groups = " " + from + " GROUP BY " + list + " HAVING count(*) > 1";
    return new RowRule(
        key,
        "must not have the same value of (" + list + ") twice",
        table,
        tables,
        uses,
        mayBeFewer,
        NO_LIMIT,
        "SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n" + groups + ") d",
        "SELECT " + list + ", count(*)" + groups);
  }

  /** This rule, for values up to a limit. */
  public RowRule upTo(long largest) {
    return new RowRule(key, what, table, tables, uses, mayBeFewer, largest, count, query);
  }
}
