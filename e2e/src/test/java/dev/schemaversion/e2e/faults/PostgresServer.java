package dev.schemaversion.e2e.faults;

import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.cluster.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The PostgreSQL server of the Glance example. */
final class PostgresServer implements Server {
  private static final Duration LONG = Duration.ofMinutes(2);

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
  private Step step;

  PostgresServer(Cluster cluster, String namespace) {
    glance = new Glance(cluster, namespace);
    image = cluster.image("postgres");
  }

  @Override
  public void start(Step where) {
    step = where;
    glance.apply("environment", text -> Holds.labelled(text, where.label()));
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
    return PostgresScripts.migrations(step);
  }

  /** A script with a concurrent build has no other statement. */
  @Override
  public boolean records(String version) {
    return step != Step.CONCURRENT_INDEX || !version.equals("3");
  }

  @Override
  public String program() {
    return PostgresScripts.program(image);
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
        ? lines(
            "SELECT version FROM flyway_schema_history WHERE success AND version IS NOT NULL ORDER BY installed_rank")
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
    if (step != Step.BETWEEN_STATEMENTS) {
      throw new IllegalStateException(
          "PostgreSQL rolls an interrupted migration back, but the message is: " + message);
    }
    glance.psql(Undo.third(message));
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
