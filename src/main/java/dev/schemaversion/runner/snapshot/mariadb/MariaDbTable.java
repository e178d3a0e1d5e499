package dev.schemaversion.runner.snapshot.mariadb;

import dev.schemaversion.runner.snapshot.Kind;
import dev.schemaversion.runner.snapshot.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Parses the output of {@code SHOW CREATE TABLE} into lines; unknown options are kept. */
public final class MariaDbTable {
  private static final Set<String> WITH_CHARACTERS =
      Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set");

  /** The keywords that can follow a column's type. */
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "CHARACTER",
          "COLLATE",
          "GENERATED",
          "INVISIBLE",
          "NOT",
          "NULL",
          "DEFAULT",
          "ON",
          "AUTO_INCREMENT",
          "CHECK",
          "WITHOUT",
          "REF_SYSTEM_ID",
          "COMMENT");

  /** The columns of a Flyway history table. */
  static final Set<String> HISTORY =
      Set.of(
          "installed_rank",
          "version",
          "description",
          "type",
          "script",
          "checksum",
          "installed_by",
          "installed_on",
          "execution_time",
          "success");

  private final String name;
  private final MariaDbTableOptions options;
  private final List<String> columns = new ArrayList<>();
  private final List<String> periods = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  public MariaDbTable(String name, SqlText created) {
    this.name = name;
    var open = created.indexOf(0, "(");
    options = new MariaDbTableOptions(name, created.text(created.after(open)));
    created.inside(open).parts().forEach(this::read);
    var definition = new ArrayList<>(periods);
    definition.add(options.definition());
    lines.add(new Line(Kind.TABLE, "", name, String.join(" ", definition).strip(), ""));
    lines.addAll(options.partitions());
    notes.add("column order of table " + name + ": " + String.join(", ", columns));
    notes.addAll(options.notes());
  }

  boolean isFlywayHistory() {
    return columns.size() == HISTORY.size() && HISTORY.containsAll(columns);
  }

  public List<Line> lines() {
    return lines;
  }

  public List<String> notes() {
    return notes;
  }

  private void read(SqlText entry) {
    var key = entry.indexOf(0, "KEY");
    if (entry.isName(0)) {
      columns.add(entry.name(0));
      add(Kind.COLUMN, entry.name(0), column(uncommented(entry, "column " + entry.name(0))));
    } else if (entry.at(0, "CONSTRAINT")) {
      add(Kind.CONSTRAINT, entry.name(1), entry.text(2));
    } else if (entry.at(0, "PRIMARY")) {
      add(Kind.INDEX, "PRIMARY", index(uncommented(entry, "index PRIMARY")));
    } else if (entry.isName(key + 1)) {
      var index = uncommented(entry, "index " + entry.name(key + 1));
      add(Kind.INDEX, entry.name(key + 1), index(index.without(key + 1, key + 2)));
    } else {
      periods.add(entry.text(0)); // PERIOD FOR
    }
  }

  /**
   * Removes {@code USING BTREE}, which is shown only if it was specified; except for MEMORY, all
   * indexes are B-trees.
   */
  private String index(SqlText entry) {
    var using = entry.indexOf(0, "USING", "BTREE");
    return using == entry.size() || options.isInMemory()
        ? entry.text(0)
        : entry.without(using, using + 2).text(0);
  }

  private void add(Kind kind, String local, String definition) {
    lines.add(new Line(kind, name, local, definition, ""));
  }

  private SqlText uncommented(SqlText entry, String what) {
    var comment = entry.indexOf(1, "COMMENT");
    if (comment == entry.size() || !entry.token(comment + 1).startsWith("'")) {
      return entry;
    }
    notes.add("comment on " + what + " of table " + name + ": " + entry.token(comment + 1));
    return entry.without(comment, comment + 2);
  }

  /**
   * Returns the definition of a column with its explicit collation. The server omits it where it is
   * the table's, but a line must be complete; a collation implies its character set.
   */
  private String column(SqlText entry) {
    var afterType = 2;
    while (afterType < entry.size()
        && !ATTRIBUTES.contains(entry.token(afterType).toUpperCase(Locale.ROOT))) {
      afterType = entry.after(afterType);
    }
    var type = entry.text(1, afterType);
    var next = afterType;
    var charset = options.charset();
    var collation = options.collation();
    if (entry.at(next, "CHARACTER", "SET")) {
      charset = entry.token(next + 2);
      collation = "";
      next += 3;
    }
    if (entry.at(next, "COLLATE")) {
      collation = entry.token(next + 1);
      next += 2;
    }
    var characters =
        WITH_CHARACTERS.contains(entry.token(1).toLowerCase(Locale.ROOT))
            ? " " + characters(charset, collation)
            : "";
    return (type + characters + " " + entry.text(next)).strip();
  }

  private static String characters(String charset, String collation) {
    if (collation.startsWith(charset)) {
      return "COLLATE " + collation;
    }
    return "CHARACTER SET " + charset + (collation.isEmpty() ? "" : " COLLATE " + collation);
  }
}
