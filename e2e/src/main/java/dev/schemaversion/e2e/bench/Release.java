package dev.schemaversion.e2e.bench;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A release of the program: the version that it needs, and all migrations up to it.
 *
 * @param version the version
 * @param migrations the scripts by their file names
 */
record Release(int version, SortedMap<String, String> migrations) {
  /** The last version that the earlier release of the example's program runs on. */
  private static final int DIABLO = 9;

  /** Returns the release at a version, of the example's migrations and as many more as it takes. */
  static Release at(int version, Map<String, String> examples) {
    var migrations = new TreeMap<String, String>();
    examples.forEach(
        (file, script) -> {
          if (versionOf(file) <= version) {
            migrations.put(file, script);
          }
        });
    for (int more = examples.size() + 1; more <= version; more++) {
      migrations.put("V%03d__change.sql".formatted(more), change(more - examples.size() - 1));
    }
    return new Release(version, migrations);
  }

  private static int versionOf(String file) {
    return Integer.parseInt(file.substring(1, file.indexOf("__")));
  }

  /** Returns the program's own name for it. */
  String program() {
    return version <= DIABLO ? "diablo" : "essex";
  }

  /** By turns a table, a change of it, and a row, which no schema shows. */
  private static String change(int number) {
    int table = number / 3;
    return switch (number % 3) {
      case 0 ->
          """
          CREATE TABLE table_%1$d (
              id   SERIAL      NOT NULL PRIMARY KEY,
              name VARCHAR(80) NOT NULL UNIQUE,
              at   TIMESTAMP   NOT NULL DEFAULT now()
          );
          """
              .formatted(table);
      case 1 ->
          """
          ALTER TABLE table_%1$d ADD size BIGINT;
          CREATE INDEX ON table_%1$d (size);
          """
              .formatted(table);
      default -> "INSERT INTO table_%1$d (name) VALUES ('one');\n".formatted(table);
    };
  }
}
