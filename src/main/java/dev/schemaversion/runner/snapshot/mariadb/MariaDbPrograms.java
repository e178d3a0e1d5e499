package dev.schemaversion.runner.snapshot.mariadb;

import dev.schemaversion.runner.snapshot.InconsistentRead;
import dev.schemaversion.runner.snapshot.Kind;
import dev.schemaversion.runner.snapshot.Line;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads triggers, routines and events; each keeps the {@code sql_mode} that it was created under.
 */
final class MariaDbPrograms {
  /** Modes without effect on programs; drivers differ in which of them they set. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "IGNORE_SPACE",
          "NO_AUTO_CREATE_USER",
          "NO_KEY_OPTIONS",
          "NO_TABLE_OPTIONS",
          "NO_FIELD_OPTIONS");

  private static final Set<String> OTHER_QUOTES = Set.of("ANSI_QUOTES", "NO_BACKSLASH_ESCAPES");

  /** Selects kind, name, table, the text before the code, state, sql_mode, comment, schedule. */
  private static final String TRIGGERS =
      """
      SELECT 'trigger', TRIGGER_NAME, EVENT_OBJECT_TABLE,
        CONCAT(ACTION_TIMING, ' ', EVENT_MANIPULATION, ' FOR EACH ROW '),
        IF(ACTION_ORDER = 1, '', CONCAT(' (order ', ACTION_ORDER, ')')), SQL_MODE, '', ''
      FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()""";

  /** Parameters without a character set use that of the database at the time of creation. */
  private static final String ROUTINES =
      """
      SELECT LOWER(ROUTINE_TYPE), ROUTINE_NAME, '', '',
        IF(DATABASE_COLLATION = DEFAULT_COLLATION_NAME, '',
          CONCAT(' (in a database with COLLATE ', DATABASE_COLLATION, ')')),
        SQL_MODE, ROUTINE_COMMENT, ''
      FROM information_schema.ROUTINES JOIN information_schema.SCHEMATA
        ON SCHEMA_NAME = DATABASE()
      WHERE ROUTINE_SCHEMA = DATABASE()""";

  /**
   * The start of an event is usually its time of creation, and a one-time event disappears after it
   * ran; so both are notes only.
   */
  private static final String EVENTS =
      """
      SELECT IF(EVENT_TYPE = 'RECURRING', 'event', ''), EVENT_NAME, '',
        CONCAT('EVERY ', INTERVAL_VALUE, ' ', INTERVAL_FIELD, ' ON COMPLETION ', ON_COMPLETION, ' '),
        IF(STATUS = 'ENABLED', '', CONCAT(' (', LOWER(STATUS), ')')), SQL_MODE, EVENT_COMMENT,
        CONCAT_WS(' ', CONCAT('at ', EXECUTE_AT), CONCAT('from ', STARTS),
          CONCAT('until ', ENDS), TIME_ZONE)
      FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()""";

  /** The semicolon that MySQL keeps if a client sent several statements at once. */
  private static final String END = "\\s*;$";

  private record Program(
      String kind,
      String name,
      String table,
      String start,
      String state,
      String mode,
      String comment,
      String schedule) {
    static Program of(ResultSet row) throws SQLException {
      return new Program(
          row.getString(1),
          row.getString(2),
          row.getString(3),
          row.getString(4),
          row.getString(5),
          row.getString(6),
          row.getString(7),
          row.getString(8));
    }
  }

  private final MariaDbSession session;
  private final MariaDbReading reading;

  MariaDbPrograms(MariaDbSession session, MariaDbReading reading) {
    this.session = session;
    this.reading = reading;
  }

  /** Reads all programs except the triggers of excluded tables. */
  void read(Set<String> excludedTables) throws SQLException, InconsistentRead {
    for (var query : new String[] {TRIGGERS, ROUTINES, EVENTS}) {
      for (var program : session.list(query, Program::of)) {
        if (!excludedTables.contains(program.table())) {
          read(program);
        }
      }
    }
  }

  private void read(Program program) throws SQLException, InconsistentRead {
    var name = SqlText.name(program.name());
    if (!program.schedule().isEmpty()) {
      reading.notes().add("schedule of event " + name + ": " + program.schedule());
    }
    if (program.kind().isEmpty()) {
      return; // a one-time event
    }
    var kind = Kind.of(program.kind());
    var created = session.created(kind.toString(), program.name());
    var code =
        switch (kind) {
          case TRIGGER -> MariaDbCode.trigger(created);
          case EVENT -> MariaDbCode.event(created);
          default -> MariaDbCode.routine(created, !program.comment().isEmpty());
        };
    var within = program.table().isEmpty() ? "" : SqlText.name(program.table());
    // in modes with other quoting rules, quoted text cannot be distinguished from comments
    var read =
        OTHER_QUOTES.stream().anyMatch(program.mode()::contains)
            ? code
            : new SqlText(code).statements().replaceFirst(END, "");
    var line =
        new Line(kind, within, name, program.start() + read, program.state() + mode(program));
    reading.lines().add(line);
    reading.notes().add("owner of " + line.title() + ": " + MariaDbCode.definer(created));
    if (!program.comment().isEmpty()) {
      reading.notes().add("comment on " + line.title() + ": " + program.comment());
    }
  }

  /** Returns an {@code sql_mode} without the modes that have no effect. */
  static String effective(String modes) {
    return Arrays.stream(modes.split(","))
        .filter(mode -> !WITHOUT_EFFECT.contains(mode))
        .collect(Collectors.joining(","));
  }

  private static String mode(Program program) {
    var effective = effective(program.mode());
    return effective.isEmpty() ? "" : " (sql_mode " + effective + ")";
  }
}
