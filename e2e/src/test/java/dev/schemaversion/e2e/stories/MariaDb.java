package dev.schemaversion.e2e.stories;

import dev.schemaversion.e2e.Glance;
import java.util.List;

/**
 * The MariaDB that a story's environment brings, asked from inside of its pod.
 *
 * @param glance the story
 */
public record MariaDb(Glance glance) {
  private static final String AS_OWNER =
      "exec %s --no-defaults --default-character-set=utf8mb4 -u\"$MARIADB_USER\" -p\"$MARIADB_PASSWORD\" %s \"$MARIADB_DATABASE\"";

  /** Runs SQL as the database's owner, and returns the rows, one a line, columns after tabs. */
  public List<String> query(String sql) {
    return run("mariadb", "--batch --skip-column-names", sql).lines().toList();
  }

  /** The whole database as text. */
  public String dump() {
    return run(
        "mariadb-dump", "--routines --events --triggers --order-by-primary --skip-dump-date", "");
  }

  private String run(String program, String options, String input) {
    return glance.kubectlWithInput(
        input,
        "exec",
        "-i",
        "deployment/mariadb",
        "--",
        "sh",
        "-c",
        AS_OWNER.formatted(program, options));
  }
}
