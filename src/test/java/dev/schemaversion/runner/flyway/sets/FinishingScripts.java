package dev.schemaversion.runner.flyway.sets;

import dev.schemaversion.runner.flyway.sets.statements.Placeholders;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Repeatable scripts and callbacks. They use no table of the versioned scripts but the anchor, so
 * that they run at each version.
 */
final class FinishingScripts {
  /** Events of which no migration knows; their scripts would fail. */
  private static final List<String> OTHER_EVENTS =
      List.of("beforeInfo", "afterInfo", "beforeClean", "afterMigrateError", "beforeUndo");

  private static final List<String> LOGGED_EVENTS =
      List.of(
          "beforeMigrate",
          "beforeEachMigrate",
          "afterEachMigrate",
          "afterVersioned",
          "beforeRepeatables",
          "afterMigrateApplied",
          "afterMigrate");

  private final Random random;
  private final boolean postgres;
  private final Placeholders placeholders;
  private final RandomNames names;
  private final Map<String, String> scripts = new TreeMap<>();
  private int edition;

  FinishingScripts(
      Random random, TestedEngine engine, Placeholders placeholders, RandomNames names) {
    this.random = random;
    this.postgres = engine == TestedEngine.POSTGRESQL;
    this.placeholders = placeholders;
    this.names = names;
  }

  /** The scripts of the next stop: some are new, some have changed. */
  Map<String, String> next(Set<Feature> features) {
    edition++;
    if (features.contains(Feature.REPEATABLE)) {
      repeatable();
    }
    if (features.contains(Feature.CALLBACKS)) {
      callbacks();
    }
    return scripts;
  }

  private void repeatable() {
    maybe(
        names.repeatable("10_view"),
        "CREATE OR REPLACE VIEW r_view AS SELECT id, upper(name) AS title, %d AS edition FROM"
            + " anchor;\n");
    if (scripts.containsKey(names.repeatable("10_view"))) {
      maybe(
          names.repeatable("20_dependent_view"),
          "CREATE OR REPLACE VIEW r_dependent AS SELECT id, title FROM r_view WHERE edition <> -%d;"
              + "\n");
    }
    maybe(
        names.repeatable("program"),
        postgres
            ? "CREATE OR REPLACE FUNCTION r_times(x integer) RETURNS integer LANGUAGE sql AS $$"
                + " SELECT x * %d; $$;\n"
            : "CREATE OR REPLACE FUNCTION r_times(x int) RETURNS int DETERMINISTIC RETURN x *"
                + " %d;\n");
    maybe(
        names.repeatable("seed rows"),
        "DELETE FROM anchor WHERE id >= 100;\nINSERT INTO anchor (id, name) VALUES (100, "
            + placeholders.labels().get(random.nextInt(placeholders.labels().size()))
            + "), (101 + %d, 'edition');\n");
    maybe(
        names.repeatable("replaces what a version made"),
        "CREATE OR REPLACE VIEW shared_view AS SELECT id, name, %d AS edition FROM anchor;\n");
  }

  /** A script with the number of the stop in its text, so that it changes. */
  private void maybe(String file, String text) {
    if (random.nextInt(2) == 0) {
      scripts.put(file, text.formatted(edition));
    }
  }

  private void callbacks() {
    if (random.nextInt(2) == 0) {
      scripts.put(names.callback("beforeMigrate", "10_drop"), "DROP VIEW IF EXISTS c_view;\n");
      scripts.put(
          names.callback("afterMigrate", "10_create"),
          "CREATE VIEW c_view AS SELECT id, amount, %d AS edition FROM anchor;\n"
              .formatted(edition));
    } else {
      scripts.putIfAbsent(names.callback("beforeMigrate", "10_drop"), "SELECT 1;\n");
    }
    var logged = names.callback("beforeMigrate", "00_log");
    if (random.nextInt(2) == 0) {
      scripts.put(
          logged, "CREATE TABLE IF NOT EXISTS c_log (event varchar(60), edition integer);\n");
    }
    if (scripts.containsKey(logged)) {
      for (var event : LOGGED_EVENTS) {
        maybe(
            names.callback(event, "20_log"),
            "INSERT INTO c_log VALUES ('" + event + ": %d', 1);\n");
        maybe(names.callback(event, "30_log_again"), "UPDATE c_log SET edition = %d;\n");
      }
    }
    maybe(names.callback("beforeValidate"), "SELECT %d;\n");
    maybe(names.callback("afterValidate", "01"), "SELECT %d;\n");
    maybe(
        names.callback(OTHER_EVENTS.get(random.nextInt(OTHER_EVENTS.size()))),
        "SELECT %d FROM nowhere;\n");
  }
}
