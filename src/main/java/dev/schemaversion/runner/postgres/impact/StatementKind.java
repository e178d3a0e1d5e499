package dev.schemaversion.runner.postgres.impact;

import java.util.Optional;
import java.util.regex.Pattern;

/** What the text of a statement says that the server does not. */
final class StatementKind {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;

  /**
   * The statements that PostgreSQL runs without a snapshot. After them the transaction may still
   * change its isolation level, so nothing may be queried.
   */
  private static final Pattern NO_SNAPSHOT =
      Pattern.compile(
          "(?:BEGIN|START|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE|PREPARE|LOCK|SET|RESET|SHOW"
              + "|FETCH|MOVE|CLOSE|LISTEN|NOTIFY|UNLISTEN|CHECKPOINT|DISCARD)\\b.*",
          FLAGS);

  private static final Pattern ENDS_TRANSACTION =
      Pattern.compile("(?:COMMIT|END|ROLLBACK|ABORT)\\b(?!\\s+(?:\\w+\\s+)?TO\\b).*", FLAGS);

  /** Scripts such as dumps set the level for themselves. */
  private static final Pattern SETS_MESSAGES =
      Pattern.compile("RESET\\b.*|DISCARD\\b.*|.*\\bclient_min_messages\\b.*", FLAGS);

  private static final Pattern CHANGES_ROWS =
      Pattern.compile("(?:INSERT|UPDATE|DELETE|MERGE)\\b.*", FLAGS);

  private static final Pattern ROWS =
      Pattern.compile(
          "(?:(?:UPDATE|DELETE|MERGE|WITH|CALL|DO|EXECUTE|REFRESH|COPY)\\b.*"
              + "|SELECT\\b.*\\bFROM\\b.*|INSERT\\b(?!.*\\bVALUES\\b).*)",
          FLAGS);

  private static final Pattern MOVES_FILES =
      Pattern.compile(
          "(?:CLUSTER|VACUUM|REFRESH|REPACK)\\b.*|ALTER\\b.*\\bSET\\s+TABLESPACE\\b.*", FLAGS);

  private static final Pattern VALIDATES =
      Pattern.compile("ALTER\\s+TABLE\\b.*\\bVALIDATE\\s+CONSTRAINT\\b.*", FLAGS);

  private static final Pattern ATTACHES =
      Pattern.compile("ALTER\\s+TABLE\\b.*\\bATTACH\\s+PARTITION\\b.*", FLAGS);

  private static final Pattern NOT_NULL =
      Pattern.compile("ALTER\\s+TABLE\\b.*\\b(?:NOT\\s+NULL|PRIMARY\\s+KEY)\\b.*", FLAGS);

  private static final Pattern CHECKS =
      Pattern.compile("ALTER\\s+TABLE\\b.*\\b(?:CHECK\\s*\\(|FOREIGN\\s+KEY|REFERENCES).*", FLAGS);

  private static final Pattern FOREIGN_KEY =
      Pattern.compile("ALTER\\s+TABLE\\b.*\\bFOREIGN\\s+KEY\\b.*", FLAGS);

  private static final Pattern EXCLUDES =
      Pattern.compile("ALTER\\s+TABLE\\b.*\\bEXCLUDE\\b.*", FLAGS);

  private static final Pattern KEY =
      Pattern.compile("ALTER\\s+TABLE\\b.*\\b(?:UNIQUE|PRIMARY\\s+KEY)\\b.*", FLAGS);

  private static final Pattern CREATES_INDEX =
      Pattern.compile("CREATE\\s+(?:UNIQUE\\s+)?INDEX\\b.*", FLAGS);

  private static final Pattern CONCURRENT =
      Pattern.compile("(?:CREATE|REINDEX|REFRESH|ALTER)\\b.*\\bCONCURRENTLY\\b.*", FLAGS);

  private static final String IDENTIFIER = "(?:\"(?:[^\"]|\"\")+\"|[\\w$]+)";

  private static final Pattern TARGET =
      Pattern.compile(
          "(?:ALTER\\s+TABLE\\s+(?:IF\\s+EXISTS\\s+)?(?:ONLY\\s+)?"
              + "|CREATE\\s+(?:UNIQUE\\s+)?INDEX\\b.*?\\bON\\s+(?:ONLY\\s+)?"
              + "|CLUSTER\\s+(?:VERBOSE\\s+)?|VACUUM\\s+(?:\\([^)]*\\)|FULL|VERBOSE|\\s)*)("
              + IDENTIFIER
              + "(?:\\s*\\.\\s*"
              + IDENTIFIER
              + ")?).*",
          FLAGS);

  private final String sql;

  StatementKind(String sql) {
    this.sql = sql;
  }

  /** Whether a query after it changes nothing about what may follow. */
  boolean hasSnapshot() {
    return !is(NO_SNAPSHOT);
  }

  boolean endsTransaction() {
    return is(ENDS_TRANSACTION);
  }

  /** Whether it may change the level of messages that the session receives. */
  boolean setsMessages() {
    return is(SETS_MESSAGES);
  }

  boolean changesRowsOnly() {
    return is(CHANGES_ROWS);
  }

  /** Whether it may read or write many rows. */
  boolean worksOnRows() {
    return is(ROWS);
  }

  /** Whether it writes tables anew without saying so. */
  boolean movesFiles() {
    return is(MOVES_FILES) && !isConcurrent();
  }

  boolean validates() {
    return is(VALIDATES);
  }

  boolean attaches() {
    return is(ATTACHES);
  }

  /** Whether a scan can only be for NOT NULL. */
  boolean setsNotNull() {
    return is(NOT_NULL) && !is(CHECKS);
  }

  boolean excludes() {
    return is(EXCLUDES);
  }

  boolean isConcurrent() {
    return is(CONCURRENT);
  }

  /** Whether an index that it builds belongs to a constraint. */
  boolean addsKey() {
    return is(KEY);
  }

  /** The lock that it takes on the table whose rows it works on. */
  LockMode usualLock() {
    if (validates()) {
      return LockMode.SHARE_UPDATE_EXCLUSIVE;
    }
    if (is(CREATES_INDEX)) {
      return isConcurrent() ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.SHARE;
    }
    return is(FOREIGN_KEY) ? LockMode.SHARE_ROW_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE;
  }

  /** The table that it changes, as it stands in the statement. */
  Optional<String> target() {
    var matcher = TARGET.matcher(sql);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private boolean is(Pattern pattern) {
    return pattern.matcher(sql).matches();
  }
}
