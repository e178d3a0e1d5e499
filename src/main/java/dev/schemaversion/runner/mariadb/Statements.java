package dev.schemaversion.runner.mariadb;

import dev.schemaversion.runner.engine.ImplicitCommit;
import dev.schemaversion.runner.engine.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Classifies statements of MariaDB and MySQL by their lasting effect. */
final class Statements implements ImplicitCommit {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;

  /** Leading white space and comments, except the executable ones. */
  private static final Pattern COMMENTS =
      Pattern.compile("\\A(?:\\s+|(?:--|#)[^\\n]*(?:\\n|\\z)|/\\*(?![!M]).*?\\*/)+", FLAGS);

  /** The settings of MariaDB's {@code SET STATEMENT … FOR}, behind which the statement follows. */
  private static final Pattern SETTINGS =
      Pattern.compile(
          "\\ASET\\s+STATEMENT\\s(?:'(?:[^'\\\\]|\\\\.|'')*'|\"(?:[^\"\\\\]|\\\\.|\"\")*\"|[^'\"])*?\\sFOR\\s+",
          FLAGS);

  /**
   * Also matches {@code CREATE TABLE … SELECT}, which inserts rows as well; see {@link #FILLED}.
   */
  private static final Pattern SCHEMA =
      Pattern.compile(
          "(?:CREATE|ALTER|DROP|RENAME)\\s+(?:OR\\s+REPLACE\\s+)?(?:\\w+(?:=\\S+)?\\s+)*?"
              + "(?:TABLE|TABLES|INDEX|KEY|VIEW|TRIGGER|PROCEDURE|FUNCTION|EVENT|SEQUENCE|DATABASE"
              + "|SCHEMA|PACKAGE)\\b.*",
          FLAGS);

  private static final Pattern FILLED =
      Pattern.compile("CREATE\\b[^;]*?\\bTABLE\\b.*\\bSELECT\\b.*", FLAGS);
  private static final Pattern ROWS =
      Pattern.compile("(?:INSERT|UPDATE|DELETE|REPLACE)\\b.*", FLAGS);

  private static final Pattern SESSION =
      Pattern.compile(
          "(?:SET\\s+(?!(?:@@)?(?:GLOBAL|PERSIST|PASSWORD|DEFAULT|ROLE|autocommit|@@autocommit)\\b)"
              + "(?!.*\\bautocommit\\b).*|USE\\b.*|(?:SELECT|SHOW|DO)\\b(?!.*\\bINTO\\s+OUTFILE\\b).*"
              + "|/\\*[!M].*?SET\\s.*\\*/)",
          FLAGS);

  @Override
  public Optional<String> reason(List<String> statements, boolean inTransaction) {
    return Optional.of("on this engine each statement commits on its own");
  }

  /** A statement that changes the schema may fail halfway. */
  @Override
  public boolean leftNothing(List<String> done, String failed, boolean inTransaction) {
    return false;
  }

  @Override
  public Effect effect(String statement) {
    var sql = SETTINGS.matcher(COMMENTS.matcher(statement).replaceFirst("")).replaceFirst("");
    if (ROWS.matcher(sql).matches()) {
      return Effect.ROWS;
    }
    if (SCHEMA.matcher(sql).matches()) {
      return FILLED.matcher(sql).matches() && !isProgram(sql) ? Effect.OTHER : Effect.SCHEMA;
    }
    // A selected function may change rows, but cannot commit.
    return SESSION.matcher(sql).matches() ? Effect.SESSION : Effect.OTHER;
  }

  private static boolean isProgram(String sql) {
    return PROGRAM.matcher(sql).matches();
  }

  private static final Pattern PROGRAM =
      Pattern.compile(
          "CREATE\\b(?:(?!\\bTABLE\\b).)*?\\b(?:VIEW|TRIGGER|PROCEDURE|FUNCTION|EVENT|PACKAGE)\\b.*",
          FLAGS);

  @Override
  public boolean rowsRollBack(Connection session) throws SQLException {
    return Rows.names(
            session,
            """
            SELECT t.table_name FROM information_schema.tables t
            LEFT JOIN information_schema.engines e ON e.engine = t.engine
            WHERE t.table_schema = DATABASE() AND t.table_type <> 'VIEW'
              AND COALESCE(e.transactions, 'NO') <> 'YES' LIMIT 1
            """)
        .isEmpty();
  }

  @Override
  public boolean mayLoseCommits(Connection session) throws SQLException {
    return !Rows.names(session, "SELECT @@GLOBAL.innodb_flush_log_at_trx_commit")
        .equals(List.of("1"));
  }

  /** InnoDB has one log for all of its tables, and recovers a prefix of that log after a crash. */
  @Override
  public boolean losesCommitsInOrder(Connection session) throws SQLException {
    return Rows.names(
            session,
            """
            SELECT table_name FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_type NOT IN ('VIEW', 'SEQUENCE')
              AND COALESCE(engine, '') <> 'InnoDB' LIMIT 1
            """)
        .isEmpty();
  }

  /** Statements that change the schema commit themselves, so other sessions see all of them. */
  @Override
  public boolean isInTransaction(Connection session) {
    return false;
  }

  @Override
  public SessionState keep(Connection session) {
    return () -> {};
  }
}
