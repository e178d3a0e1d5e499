package dev.schemaversion.e2e.faults;

import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.cluster.PodProcesses;
import dev.schemaversion.e2e.cluster.StoppedThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The MariaDB server of the Glance example. */
final class MariaDbServer implements Server {
  private static final Duration LONG = Duration.ofMinutes(2);

  /** The thread of the session that has the runner's own lock. */
  private static final String RUN_LOCK =
      """
      SELECT tid FROM information_schema.processlist
      WHERE id = IS_USED_LOCK(CONCAT('schemaversion/', LEFT(SHA2('glance', 256), 40)))""";

  private static final String RUNNERS =
      "FROM information_schema.processlist WHERE user = 'glance' AND command <> 'Killed'";

  private static final String WITHOUT_HISTORY = "--ignore-table=glance.flyway_schema_history";

  private final Cluster cluster;
  private final Glance glance;
  private final Set<Marker> set = EnumSet.noneOf(Marker.class);
  private Step step;
  private Optional<StoppedThread> frozen = Optional.empty();

  MariaDbServer(Cluster cluster, String namespace) {
    this.cluster = cluster;
    this.glance = new Glance(cluster, namespace);
  }

  @Override
  public void start(Step where) {
    cluster.load("mariadb");
    step = where;
    glance.apply(
        "environment-mariadb",
        text ->
            Holds.labelled(text, where.label())
                // The tests come in as root.
                .replace("MARIADB_RANDOM_ROOT_PASSWORD", "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD"));
    glance.awaitDatabase();
  }

  @Override
  public String selector() {
    return "app.kubernetes.io/name=mariadb";
  }

  @Override
  public String database() {
    return "{engine: MariaDB, secretRef: {name: glance-db}}";
  }

  @Override
  public Map<String, String> migrations() {
    return MariaDbScripts.migrations(step);
  }

  @Override
  public boolean records(String version) {
    return true;
  }

  @Override
  public String program() {
    return MariaDbScripts.program(cluster.image("mariadb"));
  }

  @Override
  public void open(Marker marker, List<String> pods) {
    synchronized (set) {
      set.add(marker);
      sql(MariaDbScripts.set(set));
    }
    if (marker == Marker.PROOF) {
      pods.forEach(pod -> onScratch(pod, MariaDbScripts.set(set)));
    }
  }

  @Override
  public boolean waits(Marker marker, List<String> pods) {
    var question = "SELECT IS_USED_LOCK('%s') IS NOT NULL".formatted(marker.inDatabase());
    return marker == Marker.PROOF
        ? pods.stream().anyMatch(pod -> onScratch(pod, question).equals("1"))
        : sql(question).equals("1");
  }

  private String onScratch(String pod, String sql) {
    return glance
        .kubectl(
            "exec",
            pod,
            "-c",
            "scratch",
            "--",
            "mariadb",
            "--no-defaults",
            "-h127.0.0.1",
            "-uroot",
            "-BNe",
            sql)
        .strip();
  }

  @Override
  public void freezeRunner() {
    frozen = Optional.of(StoppedThread.stop(process(), Long.parseLong(sql(RUN_LOCK))));
  }

  @Override
  public void thawRunner() {
    frozen.ifPresent(StoppedThread::close);
    frozen = Optional.empty();
  }

  private ProcessHandle process() {
    return PodProcesses.of(pod("{.metadata.name}"), "mariadbd").getFirst();
  }

  @Override
  public List<String> history() {
    return sql("SHOW TABLES FROM glance LIKE 'flyway_schema_history'").isEmpty()
        ? List.of()
        : lines(
            "SELECT version FROM glance.flyway_schema_history WHERE success AND version IS NOT NULL ORDER BY installed_rank");
  }

  @Override
  public List<String> runs() {
    return lines("SELECT version FROM glance.runs ORDER BY version");
  }

  @Override
  public List<String> sessions() {
    return lines("SELECT id, COALESCE(info, state, command) " + RUNNERS);
  }

  @Override
  public String schema() {
    return dump("glance");
  }

  @Override
  public String rebuilt(List<String> scripts) {
    for (var marker : Marker.values()) {
      open(marker, List.of());
    }
    sql("DROP DATABASE IF EXISTS rebuilt; CREATE DATABASE rebuilt");
    root("mariadb", String.join("\n", scripts), "rebuilt");
    return dump("rebuilt");
  }

  /** Without who has made the function, and what his session was like. */
  private String dump(String database) {
    return root(
            "mariadb-dump",
            "",
            "--no-data",
            "--routines",
            "--skip-comments",
            WITHOUT_HISTORY,
            database)
        .replaceAll("DEFINER=\\S+|(?m)^/\\*!5000[13] SET .*\n", "");
  }

  @Override
  public void cutSessions() {
    sql("KILL USER glance");
  }

  @Override
  public void restart() {
    var before = pod("{.status.containerStatuses[0].containerID}");
    process().destroyForcibly();
    // A process whose thread is traced cannot end.
    thawRunner();
    await("the server is back")
        .atMost(LONG)
        .ignoreException(IllegalStateException.class)
        .until(
            () -> {
              synchronized (set) {
                sql(MariaDbScripts.set(set));
              }
              return !pod("{.status.containerStatuses[0].containerID}").equals(before);
            });
  }

  private String pod(String path) {
    return glance.kubectl(
        "get", "pod", "-l", selector(), "-o", "jsonpath={.items[0]" + path.substring(1));
  }

  @Override
  public void changePassword() {
    sql("ALTER USER glance IDENTIFIED BY 'another-one'");
    glance.kubectl(
        "patch", "secret", "glance-db", "-p", "{\"stringData\": {\"password\": \"another-one\"}}");
  }

  @Override
  public void undo(String message) {
    sql("USE glance; " + Undo.third(message));
  }

  private List<String> lines(String sql) {
    return sql(sql).lines().toList();
  }

  private String sql(String sql) {
    return root("mariadb", sql, "--batch", "--skip-column-names").strip();
  }

  private String root(String program, String input, String... arguments) {
    var command =
        new ArrayList<>(
            List.of("exec", "-i", "deployment/mariadb", "--", program, "--no-defaults", "-uroot"));
    command.addAll(List.of(arguments));
    return glance.kubectlWithInput(input, command.toArray(String[]::new));
  }
}
