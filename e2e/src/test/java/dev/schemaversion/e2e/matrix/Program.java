package dev.schemaversion.e2e.matrix;

import dev.schemaversion.e2e.Restricted;
import java.util.List;

/**
 * A program as small as it can be: when it starts it asks its database which version it finds, and
 * has that written down by a witness that is there whatever the database is.
 *
 * @param image with a shell and psql
 * @param host of the server
 * @param database which it finds the version of
 * @param namespace where it runs
 * @param gated whether the manifest has the scheduling gate, which policies add elsewhere
 */
record Program(String image, String host, String database, String namespace, boolean gated) {
  private static final String GATE = "schedulingGates: [{name: schemaversion.dev/schema}], ";

  /**
   * Like a real program, it waits for a server that it cannot reach, which includes a name server
   * that does not answer for once: psql exits with 2 then, and with 1 if the query fails.
   */
  private static final String SCRIPT =
      "set -e; "
          + "while saw=$(psql -Atqc 'SELECT max(version::int) FROM flyway_schema_history WHERE success' 2>&1); [ $? = 2 ]; do sleep 0.2; done; "
          + "saw=$(echo \\\"$saw\\\" | head -n 1); "
          + "psql -d witness -qc \\\"INSERT INTO starts (namespace, workload, saw) VALUES ('%s', '%s', '$saw')\\\"; "
          + "%s";

  /** Returns metadata and spec of a pod or pod template, each in one line. */
  List<String> pod(String workload, Need need, boolean stays) {
    var metadata =
        """
        metadata: {name: %1$s, labels: {app: %1$s, matrix: workload, schemaversion.dev/requires: db}, \
        annotations: {schemaversion.dev/min-version: "%2$s"}}"""
            .formatted(workload, need.version());
    var spec =
        """
        spec: {%8$sterminationGracePeriodSeconds: 0, automountServiceAccountToken: false, \
        enableServiceLinks: false, restartPolicy: %1$s, securityContext: %6$s, \
        containers: [{name: program, image: "%2$s", securityContext: %7$s, \
        command: [sh, -c, "%3$s"], env: [{name: PGHOST, value: %4$s}, {name: PGDATABASE, value: %5$s}, \
        {name: PGUSER, valueFrom: {secretKeyRef: {name: glance-db, key: username}}}, \
        {name: PGPASSWORD, valueFrom: {secretKeyRef: {name: glance-db, key: password}}}]}]}"""
            .formatted(
                stays ? "Always" : "OnFailure",
                image,
                SCRIPT.formatted(namespace, workload, stays ? "exec sleep 1000000" : "exit 0"),
                host,
                database,
                Restricted.POD,
                Restricted.CONTAINER,
                gated ? GATE : "");
    return List.of(metadata, spec);
  }
}
