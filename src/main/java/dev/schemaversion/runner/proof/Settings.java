package dev.schemaversion.runner.proof;

import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.Sha256;
import dev.schemaversion.runner.snapshot.Line;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The settings that the database must have: those of the first proof, as migrations have changed
 * them since. A scratch database takes its settings over from the real one, so that only this
 * record shows a change.
 */
final class Settings {
  /** A report has no room for longer values. */
  private static final int LONGEST = 100;

  /** Nor for more bytes of all. */
  private static final int ROOM = 600;

  private static final int SHOWN = 30;
  private static final int DIGITS = 16;

  private final Map<String, String> recorded;

  /** What migrations of this run have changed; null for a setting that they have removed. */
  private final Map<String, String> migrated = new HashMap<>();

  private Settings(Map<String, String> recorded) {
    this.recorded = recorded;
  }

  /** Whatever is found must be there. */
  static Settings unknown() {
    return new Settings(null);
  }

  /**
   * The settings on record. None are known of a database in which nothing was proven yet, and after
   * a sync of which it is not known what it did.
   */
  static Settings of(RunRequest request) {
    var known = request.proof().known();
    return new Settings(
        known == null || known.version() == null || request.afterLost()
            ? null
            : known.basisOrUnknown().settings());
  }

  boolean areKnown() {
    return recorded != null;
  }

  /**
   * Notes what migrations have changed.
   *
   * @param before the settings before they ran
   * @param after the settings of the same database afterwards
   */
  void migrated(List<Line> before, List<Line> after) {
    var old = byName(before);
    var now = byName(after);
    now.forEach(
        (name, value) -> {
          if (!value.equals(old.remove(name))) {
            migrated.put(name, value);
          }
        });
    old.keySet().forEach(name -> migrated.put(name, null));
  }

  /** The settings of a database on which the migrations of this run have run as well. */
  List<Line> afterMigrations(List<Line> before) {
    return lines(withMigrated(byName(before)));
  }

  /** The settings that must be there, given those that are. */
  List<Line> expected(List<Line> found) {
    return lines(toRecord(found));
  }

  /** What is to be recorded, given what was found. */
  Map<String, String> toRecord(List<Line> found) {
    if (recorded == null) {
      return byName(found);
    }
    return withMigrated(recorded);
  }

  private Map<String, String> withMigrated(Map<String, String> settings) {
    var all = new TreeMap<>(settings);
    all.putAll(migrated);
    all.values().removeIf(value -> value == null);
    return all;
  }

  /**
   * The settings as they are recorded: long values are shortened, and what does not fit into a
   * report becomes one setting.
   */
  static List<Line> shortened(List<Line> settings) {
    var fitting = new ArrayList<Line>();
    var others = new ArrayList<String>();
    int room = ROOM;
    for (var line : settings) {
      var value = shortened(line.definition());
      room -= bytes(line.local()) + bytes(value) + 6;
      if (room >= 0) {
        fitting.add(Line.setting(line.local(), value));
      } else {
        others.add(line.toString());
      }
    }
    if (!others.isEmpty()) {
      fitting.add(
          Line.setting(
              "others", others.size() + ", sha256:" + digits(Sha256.ofLines(others.stream()))));
    }
    return fitting.stream().sorted().toList();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String shortened(String value) {
    return value.length() <= LONGEST
        ? value
        : value.substring(0, value.offsetByCodePoints(0, SHOWN))
            + "… sha256:"
            + digits(Sha256.of(value));
  }

  private static String digits(String digest) {
    return digest.substring(0, DIGITS);
  }

  private static Map<String, String> byName(List<Line> settings) {
    return settings.stream()
        .collect(Collectors.toMap(Line::local, Line::definition, (one, two) -> one, TreeMap::new));
  }

  private static List<Line> lines(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(each -> Line.setting(each.getKey(), each.getValue()))
        .sorted()
        .toList();
  }
}
