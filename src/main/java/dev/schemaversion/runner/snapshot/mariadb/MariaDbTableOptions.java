package dev.schemaversion.runner.snapshot.mariadb;

import dev.schemaversion.runner.snapshot.Kind;
import dev.schemaversion.runner.snapshot.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Parses what follows the columns in {@code SHOW CREATE TABLE}: options and partitions. */
final class MariaDbTableOptions {
  /**
   * Options that only affect storage; so do options in backticks, which are specific to an engine.
   */
  private static final Set<String> STORAGE =
      Set.of(
          "ROW_FORMAT",
          "KEY_BLOCK_SIZE",
          "COMPRESSION",
          "ENCRYPTION",
          "STATS_PERSISTENT",
          "STATS_AUTO_RECALC",
          "STATS_SAMPLE_PAGES",
          "PACK_KEYS",
          "CHECKSUM",
          "PAGE_CHECKSUM",
          "DELAY_KEY_WRITE",
          "MIN_ROWS",
          "MAX_ROWS",
          "AVG_ROW_LENGTH",
          "TRANSACTIONAL",
          "DATA DIRECTORY",
          "INDEX DIRECTORY",
          "TABLESPACE");

  /** Engines whose options and comments contain no passwords for other servers. */
  private static final Set<String> LOCAL = Set.of("InnoDB", "MyISAM", "Aria", "MEMORY", "RocksDB");

  /** The executable comment in which MySQL writes partitions. */
  private static final String HIDDEN = "(?s)/\\*!50\\d00 PARTITION BY(.*)\\*/";

  private final String table;
  private final List<String> counting = new ArrayList<>();
  private final List<String> storage = new ArrayList<>();
  private final List<Line> partitions = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private String engine = "";
  private String charset = "";
  private String collation = "";

  MariaDbTableOptions(String table, String sql) {
    this.table = table;
    var options = new SqlText(sql.replaceFirst(HIDDEN, "PARTITION BY$1"));
    var end = options.indexOf(0, "PARTITION", "BY");
    var from = 0;
    for (var equals = options.indexOf(0, "="); equals < end; equals = options.indexOf(from, "=")) {
      var next = options.after(equals + 1);
      read(options.text(from, equals), options.text(equals + 1, next));
      from = next;
    }
    if (from < end) {
      counting.add(options.text(from, end)); // WITH SYSTEM VERSIONING
    }
    if (end < options.size()) {
      readPartitions(options, end);
    }
    if (!storage.isEmpty()) {
      notes.add("storage of table " + table + ": " + String.join(", ", storage));
    }
  }

  /** Returns the options that count. */
  String definition() {
    return String.join(" ", counting);
  }

  List<Line> partitions() {
    return partitions;
  }

  List<String> notes() {
    return notes;
  }

  boolean isInMemory() {
    return engine.equals("MEMORY");
  }

  String charset() {
    return charset;
  }

  String collation() {
    return collation;
  }

  private void read(String option, String value) {
    switch (option.toUpperCase(Locale.ROOT)) {
      case "AUTO_INCREMENT" -> {} // depends on rows
      case "COMMENT" -> noteComment("table " + table, value);
      case "CONNECTION" -> counting.add("CONNECTION='…'"); // may contain a password
      case "ENGINE" -> {
        engine = value;
        counting.add("ENGINE=" + value);
      }
      case "DEFAULT CHARSET" -> {
        charset = value;
        counting.add("DEFAULT CHARSET=" + value);
      }
      case "COLLATE" -> {
        collation = value;
        counting.add("COLLATE=" + value);
      }
      default -> {
        if (option.startsWith("`") || STORAGE.contains(option.toUpperCase(Locale.ROOT))) {
          storage.add(option + (LOCAL.contains(engine) ? "=" + value : "=…"));
        } else {
          counting.add(option + "=" + value);
        }
      }
    }
  }

  private void noteComment(String what, String text) {
    if (LOCAL.contains(engine)) {
      notes.add("comment on " + what + ": " + text);
    }
  }

  /**
   * Returns by what a table is partitioned. Partitions by system time begin on the day on which the
   * table was created unless the statement says otherwise, and the server or a job adds to them.
   */
  private String method(String partitionBy) {
    if (!partitionBy.startsWith("PARTITION BY SYSTEM_TIME")) {
      return partitionBy;
    }
    var method = partitionBy.replaceAll(" STARTS TIMESTAMP ?'[^']*'| PARTITIONS \\d+", "");
    if (!method.equals(partitionBy)) {
      notes.add("partitions of table " + table + ": " + partitionBy);
    }
    return method;
  }

  /** Ranges and lists count, because they decide which rows fit; their location is storage. */
  private void readPartitions(SqlText options, int from) {
    var list = options.indexOf(from, "(", "PARTITION");
    counting.add(method(new SqlText(options.text(from, list)).compact()));
    if (list == options.size()) {
      return;
    }
    for (var part : options.inside(list).parts()) {
      var name = part.name(1);
      partitions.add(
          new Line(
              Kind.PARTITION,
              table,
              name,
              withoutPlace(new SqlText(part.text(2)), "partition " + name).compact(),
              ""));
    }
  }

  private SqlText withoutPlace(SqlText partition, String what) {
    for (var i = 1; i + 1 < partition.size(); i++) {
      if (partition.at(i, "=")) {
        var option = partition.token(i - 1).toUpperCase(Locale.ROOT);
        var from = option.equals("DIRECTORY") ? i - 2 : i - 1;
        if (option.equals("COMMENT")) {
          noteComment(what + " of table " + table, partition.token(i + 1));
        }
        return withoutPlace(partition.without(from, i + 2), what);
      }
    }
    return partition;
  }
}
