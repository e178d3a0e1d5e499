package dev.schemaversion.e2e.faults;

import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.cluster.PodProcesses;
import dev.schemaversion.e2e.cluster.StoppedThread;
import dev.schemaversion.e2e.stories.MariaDb.Product;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The MariaDB or MySQL server of the Glance example. */
final class MariaDbServer implements Server {
  private static final Duration LONG = Duration.ofMinutes(2);

  /** The session that has the runner's own lock. */
  private static final String RUN_LOCK =
      "IS_USED_LOCK(CONCAT('schemaversion/', LEFT(SHA2('glance', 256), 40)))";

  private static final String RUNNERS =
      "FROM information_schema.processlist WHERE user = 'glance' AND command <> 'Killed'";

  /** With the log for replicas, which MySQL has by default, only a superuser makes functions. */
  private static final String ARGUMENTS = "args: [--log-bin-trust-function-creators=1]";

  private final Cluster cluster;
  private final Glance glance;
  private final Product product;
  private final MariaDbRoot root;
  private final Set<Marker> set = EnumSet.noneOf(Marker.class);
  private Step step;
  private Optional<StoppedThread> frozen = Optional.empty();

  MariaDbServer(Cluster cluster, String namespace, Product product) {
    this.cluster = cluster;
    this.glance = new Glance(cluster, namespace);
    this.product = product;
    this.root = new MariaDbRoot(glance, product);
  }

  @Override
  public void start(Step where) {
    step = where;
    glance.apply(
        "environment-" + product.image(),
        text ->
            Holds.labelled(text, where.label())
                // The tests come in as root.
                .replace(product.randomRootPassword(), product.emptyRootPassword())
                .replaceFirst("(?m)^( +)image: ", "$1" + ARGUMENTS + "\n$0"));
    glance.awaitDatabase();
  }

  @Override
  public String selector() {
    return "app.kubernetes.io/name=database";
  }

  @Override
  public String database() {
    return "{engine: %s, secretRef: {name: glance-db}}".formatted(product.engine());
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
    return MariaDbScripts.program(cluster.image(product.image()), product.client());
  }

  @Override
  public void open(Marker marker, List<String> pods) {
    synchronized (set) {
      set.add(marker);
      root.execute(MariaDbScripts.set(set));
    }
    if (marker == Marker.PROOF) {
      pods.forEach(pod -> root.onScratch(pod, MariaDbScripts.set(set)));
    }
  }

  @Override
  public boolean waits(Marker marker, List<String> pods) {
    var question = "SELECT IS_USED_LOCK('%s') IS NOT NULL".formatted(marker.inDatabase());
    return marker == Marker.PROOF
        ? pods.stream().anyMatch(pod -> root.onScratch(pod, question).equals("1"))
        : root.execute(question).equals("1");
  }

  @Override
  public void freezeRunner() {
    frozen =
        Optional.of(StoppedThread.stop(process(), Long.parseLong(root.execute(runnersThread()))));
  }

  private String runnersThread() {
    return switch (product) {
      case MARIADB -> "SELECT tid FROM information_schema.processlist WHERE id = " + RUN_LOCK;
      case MYSQL ->
          "SELECT thread_os_id FROM performance_schema.threads WHERE processlist_id = " + RUN_LOCK;
    };
  }

  @Override
  public void thawRunner() {
    frozen.ifPresent(StoppedThread::close);
    frozen = Optional.empty();
  }

  private ProcessHandle process() {
    return PodProcesses.of(pod("{.metadata.name}"), product.server()).getFirst();
  }

  @Override
  public List<String> history() {
    return root.execute("SHOW TABLES FROM glance LIKE 'flyway_schema_history'").isEmpty()
        ? List.of()
        : root.lines(
            "SELECT version FROM glance.flyway_schema_history WHERE success AND version IS NOT NULL ORDER BY installed_rank");
  }

  @Override
  public List<String> runs() {
    return root.lines("SELECT version FROM glance.runs ORDER BY version");
  }

  @Override
  public List<String> sessions() {
    return root.lines("SELECT id, COALESCE(info, state, command) " + RUNNERS);
  }

  @Override
  public String schema() {
    return root.schema("glance");
  }

  @Override
  public String rebuilt(List<String> scripts) {
    for (var marker : Marker.values()) {
      open(marker, List.of());
    }
    root.execute("DROP DATABASE IF EXISTS rebuilt; CREATE DATABASE rebuilt");
    root.executeIn("rebuilt", String.join("\n", scripts));
    return root.schema("rebuilt");
  }

  @Override
  public void cutSessions() {
    root.kill(root.lines("SELECT id " + RUNNERS));
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
                root.execute(MariaDbScripts.set(set));
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
    root.execute("ALTER USER glance IDENTIFIED BY 'another-one'");
    glance.kubectl(
        "patch", "secret", "glance-db", "-p", "{\"stringData\": {\"password\": \"another-one\"}}");
  }

  @Override
  public void undo(String message) {
    root.execute("USE glance; " + Undo.third(message));
  }
}
