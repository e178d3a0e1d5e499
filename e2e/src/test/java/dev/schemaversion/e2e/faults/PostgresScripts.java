package dev.schemaversion.e2e.faults;

import java.util.LinkedHashMap;
import java.util.Map;

/** The migrations for PostgreSQL. A migration waits by asking for a role. */
final class PostgresScripts {
  /** What only one of the two servers is, and a migration can see. */
  private static final String SCRATCH = "current_setting('listen_addresses') = '127.0.0.1'";

  /**
   * A table with a row, and a function that waits where an index over it is built. An immutable
   * function sees the database as it was when the statement began; the volatile one that it calls
   * sees the marker when it comes.
   */
  private static final String SLOW =
      """
      CREATE TABLE slow (id int);
      INSERT INTO slow VALUES (1);
      CREATE FUNCTION let_go() RETURNS void VOLATILE LANGUAGE plpgsql
        AS $body$ BEGIN %sEND $body$;
      CREATE FUNCTION slowly(id int) RETURNS int IMMUTABLE LANGUAGE plpgsql
        AS $body$ BEGIN PERFORM public.let_go(); RETURN id; END $body$;
      """
          .formatted(
              "WHILE NOT %s AND NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%s') LOOP PERFORM pg_sleep(0.1); END LOOP; "
                  .formatted(SCRATCH, Marker.THIRD.inDatabase()));

  private static final String BUILD =
      "CREATE INDEX CONCURRENTLY %s ON slow (slowly(id));".formatted(Marker.THIRD.inDatabase());

  private PostgresScripts() {}

  /** As {@link Server#migrations} says. */
  static Map<String, String> migrations(Step step) {
    var scripts = new LinkedHashMap<String, String>();
    scripts.put(
        "V1__first.sql",
        "CREATE TABLE runs (version text); "
            + (step == Step.CONCURRENT_INDEX ? SLOW : "")
            + script(1));
    scripts.put(
        "V2__second.sql",
        script(2)
            + wait(SCRATCH + " AND ", Marker.PROOF)
            + wait("NOT " + SCRATCH + " AND ", Marker.SECOND));
    scripts.put("V3__third.sql", third(step));
    scripts.put("V4__fourth.sql", script(4));
    if (step.hasFinishingScripts()) {
      scripts.put(
          "R__newest.sql", "CREATE OR REPLACE VIEW newest AS SELECT max(version) AS v FROM runs; ");
      scripts.put(
          "afterMigrate__oldest.sql",
          "CREATE OR REPLACE VIEW oldest AS SELECT min(version) AS v FROM runs; "
              + wait("NOT " + SCRATCH + " AND ", Marker.CALLBACK));
    }
    return scripts;
  }

  private static String third(Step step) {
    var wait = wait("NOT " + SCRATCH + " AND ", Marker.THIRD);
    return switch (step) {
      case CONCURRENT_INDEX -> BUILD;
      case BETWEEN_STATEMENTS -> script(3) + "COMMIT; " + wait;
      default -> script(3) + wait;
    };
  }

  private static String script(int version) {
    return "INSERT INTO runs VALUES ('%1$d'); CREATE TABLE t%1$d (id int PRIMARY KEY, at date); "
        .formatted(version);
  }

  /** A role is seen at once, in every database of a server, and is no part of the schema. */
  private static String wait(String condition, Marker marker) {
    return "DO $$ BEGIN WHILE %sNOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%s') LOOP PERFORM pg_sleep(0.1); END LOOP; END $$; "
        .formatted(condition, marker.inDatabase());
  }

  /** As {@link Server#program} says. */
  static String program(String image) {
    return """
        {name: program, image: "%s", command: [sh, -c, "set -e; \
        saw=$(psql -Atqc 'SELECT max(version::int) FROM flyway_schema_history WHERE success'); \
        echo saw $saw; exec sleep 1000000"], \
        env: [%s], \
        securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}"""
        .formatted(
            image,
            String.join(
                ", ",
                variable("PGHOST", "host"),
                variable("PGDATABASE", "dbname"),
                variable("PGUSER", "username"),
                variable("PGPASSWORD", "password")));
  }

  private static String variable(String name, String key) {
    return "{name: %s, valueFrom: {secretKeyRef: {name: glance-db, key: %s}}}".formatted(name, key);
  }
}
