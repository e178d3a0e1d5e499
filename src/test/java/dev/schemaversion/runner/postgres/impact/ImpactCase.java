package dev.schemaversion.runner.postgres.impact;

import java.util.List;

/**
 * A script on the tables of {@link PostgreSqlWatchTest}, and what is said of it.
 *
 * @param name what the script does
 * @param script its statements
 * @param hints each hint with the table and the lock
 */
record ImpactCase(String name, List<String> script, List<String> hints) {
  static ImpactCase impactOf(String name, String script, String... hints) {
    return new ImpactCase(name, List.of(script.split(";(?!\\s*END)\\s*")), List.of(hints));
  }

  @Override
  public String toString() {
    return name;
  }
}
