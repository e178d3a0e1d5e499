package dev.schemaversion.e2e.faults;

import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.cluster.Cluster;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The PostgreSQL server of the Glance example. */
final class PostgresServer implements Server {
  private static final Duration LONG = Duration.ofMinutes(2);

  /** What only one of the two servers is, and a migration can see. */
  private static final String SCRATCH = "current_setting('listen_addresses') = '127.0.0.1'";

  /** The runner's own lock; its session is asked between two migrations, and after the last. */
  private static final String RUN_LOCK =
      """
      SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
        AND (classid::bigint << 32) | objid::bigint = x'736368656d6176'::bigint""";

  /** Its name, and its database's, on a scratch server that the runner has taken over. */
  private static final String SCRATCH_SUPERUSER = "schemaversion_scratch";

  private static final String RUNNERS = "application_name LIKE 'db-%'";

  private final Glance glance;
  private final String image;

  PostgresServer(Cluster cluster, String namespace) {
    glance = new Glance(cluster, namespace);
    image = cluster.image("postgres");
  }

  @Override
  public void start(String label) {
    glance.apply("environment", text -> Holds.labelled(text, label));
    glance.awaitDatabase();
  }

  @Override
  public String selector() {
    return "app.kubernetes.io/name=postgres";
  }

  @Override
  public String database() {
    return "{engine: PostgreSQL, secretRef: {name: glance-db}}";
  }

  @Override
  public Map<String, String> migrations() {
    var scripts = new LinkedHashMap<String, String>();
    scripts.put("V1__first.sql", "CREATE TABLE runs (version text); " + script(1));
    scripts.put(
        "V2__second.sql",
        script(2)
            + wait(SCRATCH + " AND ", Marker.PROOF)
            + wait("NOT " + SCRATCH + " AND ", Marker.SECOND));
    scripts.put("V3__third.sql", script(3) + wait("NOT " + SCRATCH + " AND ", Marker.THIRD));
    scripts.put("V4__fourth.sql", script(4));
    return scripts;
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

  @Override
  public String program() {
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

  @Override
  public void open(Marker marker, List<String> pods) {
    var create =
        "DO $$ BEGIN CREATE ROLE %s; EXCEPTION WHEN duplicate_object THEN END $$"
            .formatted(marker.inDatabase());
    glance.psql(create);
    if (marker == Marker.PROOF) {
      pods.forEach(pod -> onScratch(pod, create));
    }
  }

  @Override
  public boolean waits(Marker marker, List<String> pods) {
    var question =
        "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%"
            + marker.inDatabase()
            + "%'";
    return marker == Marker.PROOF
        ? pods.stream().anyMatch(pod -> !onScratch(pod, question).isEmpty())
        : !glance.psql(question).isEmpty();
  }

  private String onScratch(String pod, String sql) {
    return glance
        .kubectl(
            "exec",
            pod,
            "-c",
            "scratch",
            "--",
            "psql",
            "-h",
            "127.0.0.1",
            "-U",
            SCRATCH_SUPERUSER,
            "-d",
            SCRATCH_SUPERUSER,
            "-Atqc",
            sql)
        .strip();
  }

  @Override
  public void freezeRunner() {
    var holder = glance.psql(RUN_LOCK);
    shell("kill -STOP " + holder);
  }

  @Override
  public void thawRunner() {
    shell("kill -s CONT -1");
  }

  @Override
  public List<String> history() {
    return glance.psql("SELECT to_regclass('flyway_schema_history') IS NOT NULL").equals("t")
        ? lines("SELECT version FROM flyway_schema_history WHERE success ORDER BY installed_rank")
        : List.of();
  }

  @Override
  public List<String> runs() {
    return lines("SELECT version FROM runs ORDER BY version");
  }

  @Override
  public List<String> sessions() {
    return lines("SELECT application_name FROM pg_stat_activity WHERE " + RUNNERS);
  }

  private List<String> lines(String sql) {
    return glance.psql(sql).lines().toList();
  }

  @Override
  public String schema() {
    return dump("glance");
  }

  @Override
  public String rebuilt(List<String> scripts) {
    glance.psql("DROP DATABASE IF EXISTS rebuilt");
    glance.psql("CREATE DATABASE rebuilt");
    glance.kubectlWithInput(
        String.join("\n", scripts),
        "exec",
        "-i",
        "deployment/postgres",
        "--",
        "psql",
        "-U",
        "glance",
        "-d",
        "rebuilt",
        "-v",
        "ON_ERROR_STOP=1",
        "-q");
    return dump("rebuilt");
  }

  private String dump(String database) {
    return glance.kubectl(
        "exec",
        "deployment/postgres",
        "--",
        "pg_dump",
        "-U",
        "glance",
        "-d",
        database,
        "--schema-only",
        "--exclude-table=flyway_schema_history",
        "--restrict-key=dump");
  }

  @Override
  public void cutSessions() {
    glance.psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + RUNNERS);
  }

  @Override
  public void restart() {
    var before = started();
    try {
      shell("pg_ctl -D \"$PGDATA\" --mode immediate stop");
    } catch (IllegalStateException e) {
      // The shell ends with the container.
    }
    await("the server is back")
        .atMost(LONG)
        .ignoreException(IllegalStateException.class)
        .until(() -> !started().equals(before));
  }

  private String started() {
    return glance.psql("SELECT pg_postmaster_start_time()");
  }

  @Override
  public void undo(String message) {
    throw new IllegalStateException(
        "PostgreSQL rolls an interrupted migration back, but the message is: " + message);
  }

  @Override
  public void changePassword() {
    glance.psql("ALTER USER glance PASSWORD 'another-one'");
    glance.kubectl(
        "patch", "secret", "glance-db", "-p", "{\"stringData\": {\"password\": \"another-one\"}}");
  }

  private void shell(String script) {
    glance.kubectl("exec", "deployment/postgres", "--", "sh", "-c", script);
  }
}
