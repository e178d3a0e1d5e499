package dev.schemaversion.e2e.faults;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The migrations for MariaDB and MySQL. The third one changes the schema and then rows, so a run
 * that dies in it needs repair by a person.
 */
final class MariaDbScripts {
  /**
   * A server's variable that has no effect here and that everybody may read: the markers that are
   * set. A session that waits for one has the lock of that name.
   */
  private static final String MARKERS = "slow_query_log_file";

  private static final String WAIT =
      """
      DELIMITER //
      CREATE FUNCTION wait_for(on_scratch BOOLEAN, marker VARCHAR(20)) RETURNS INT READS SQL DATA
      BEGIN
        IF (COALESCE(@@bind_address, '*') = '127.0.0.1') = on_scratch THEN
          DO GET_LOCK(marker, 0);
          WHILE INSTR(@@GLOBAL.%s, marker) = 0 DO
            DO SLEEP(0.1);
          END WHILE;
          DO RELEASE_LOCK(marker);
        END IF;
        RETURN 0;
      END//
      DELIMITER ;
      """
          .formatted(MARKERS);

  private MariaDbScripts() {}

  /**
   * As {@link Server#migrations} says.
   *
   * @param step where the work is to stop: only there, a migration waits on the scratch server,
   *     because a marker that was set on the real one before is not seen there
   */
  static Map<String, String> migrations(Step step) {
    var scripts = new LinkedHashMap<String, String>();
    scripts.put("V1__first.sql", WAIT + "CREATE TABLE runs (version VARCHAR(20));\n" + run(1));
    scripts.put(
        "V2__second.sql",
        run(2)
            + (step == Step.PROOF ? wait("TRUE", Marker.PROOF) : "")
            + wait("FALSE", Marker.SECOND));
    scripts.put(
        "V3__third.sql",
        "CREATE TABLE t3 (id INT PRIMARY KEY);\n" + run(3) + wait("FALSE", Marker.THIRD));
    scripts.put("V4__fourth.sql", run(4));
    if (step.hasFinishingScripts()) {
      scripts.put(
          "R__newest.sql",
          "CREATE OR REPLACE VIEW newest AS SELECT MAX(version) AS v FROM runs;\n");
      scripts.put(
          "afterMigrate__oldest.sql",
          "CREATE OR REPLACE VIEW oldest AS SELECT MIN(version) AS v FROM runs;\n"
              + wait("FALSE", Marker.CALLBACK));
    }
    return scripts;
  }

  private static String run(int version) {
    return "INSERT INTO runs VALUES ('%d');\n".formatted(version);
  }

  private static String wait(String onScratch, Marker marker) {
    return "DO wait_for(%s, '%s');\n".formatted(onScratch, marker.inDatabase());
  }

  /** As {@link Server#program} says. */
  static String program(String image, String client) {
    return """
        {name: program, image: "%s", command: [sh, -c, "set -e; \
        saw=$(%s -u$DB_USER -BNe \
        'SELECT MAX(CAST(version AS SIGNED)) FROM flyway_schema_history WHERE success' $DB_NAME); \
        echo saw $saw; exec sleep 1000000"], \
        env: [%s], \
        securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}"""
        .formatted(
            image,
            client,
            List.of("MYSQL_HOST host", "DB_NAME dbname", "DB_USER username", "MYSQL_PWD password")
                .stream()
                .map(variable -> variable.split(" ", -1))
                .map(
                    variable ->
                        "{name: %s, valueFrom: {secretKeyRef: {name: glance-db, key: %s}}}"
                            .formatted(variable[0], variable[1]))
                .collect(Collectors.joining(", ")));
  }

  /** The statement that sets these markers. */
  static String set(Set<Marker> markers) {
    return "SET GLOBAL %s = '/tmp/%s'"
        .formatted(
            MARKERS,
            markers.stream().map(Marker::inDatabase).sorted().collect(Collectors.joining(".")));
  }
}
