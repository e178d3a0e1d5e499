package dev.schemaversion.e2e.bench;

import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.bench.timeline.Recorder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The namespace in which everything is measured, with one database server. Each measurement gets a
 * new database and finds nothing of the one before.
 */
final class Ground {
  /** How long the cluster is left alone, so that what came before is over. */
  private static final Duration REST = Duration.ofSeconds(1);

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final String DATABASE = "glance";
  private static final String TEMPLATE = "at_nine";
  private static final String PROGRAM = "app.kubernetes.io/name";
  private static final String PROGRAM_NAME = "glance-registry";

  private final Glance glance;
  private final KubernetesClient client;

  Ground(Glance glance, KubernetesClient client) {
    this.glance = glance;
    this.client = client;
  }

  /** Deletes what a way has applied, and creates a new and empty database. */
  void clear() throws InterruptedException {
    deleteAll();
    sql("DROP DATABASE IF EXISTS glance WITH (FORCE)", "CREATE DATABASE glance", "CHECKPOINT");
    rest();
  }

  /** The same with a copy of the database that {@link #keepAsTemplate} has kept. */
  void clearToTemplate() throws InterruptedException {
    deleteAll();
    sql(
        "DROP DATABASE IF EXISTS glance WITH (FORCE)",
        "CREATE DATABASE glance TEMPLATE " + TEMPLATE,
        "CHECKPOINT");
    rest();
  }

  /** Creates empty databases, in place of those of these names. */
  void create(List<String> databases) {
    for (var database : databases) {
      sql("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)", "CREATE DATABASE " + database);
    }
  }

  /** Fills the database, which is at version 9, with rows, and keeps it. */
  void keepAsTemplate() throws InterruptedException {
    glance.psql(
        """
        INSERT INTO images (name, size, status, is_public, created_at, deleted, min_disk, min_ram)
          SELECT 'image ' || i, i * 1000, 'active', i % 2 = 0, now(), false, 0, 0
          FROM generate_series(1, 10000) i;
        INSERT INTO image_properties (image_id, name, value, created_at, deleted)
          SELECT id, 'kernel_id', '1', now(), false FROM images;
        INSERT INTO image_members (image_id, member, can_share, created_at, deleted)
          SELECT id, 'someone', true, now(), false FROM images;
        """);
    deleteAll();
    sql("ALTER DATABASE glance RENAME TO " + TEMPLATE);
  }

  /** Returns how many migrations the database's history has. */
  int migrations() {
    return Integer.parseInt(
        glance.psql("SELECT count(*) FROM flyway_schema_history WHERE success AND type = 'SQL'"));
  }

  /** Waits a moment. */
  void rest() throws InterruptedException {
    Thread.sleep(REST);
  }

  private void sql(String... statements) {
    var command =
        Stream.concat(
            Stream.of(
                "exec",
                "deployment/postgres",
                "--",
                "psql",
                "-U",
                DATABASE,
                "-d",
                "postgres",
                "-v",
                "ON_ERROR_STOP=1",
                "-q"),
            Stream.of(statements).flatMap(statement -> Stream.of("-c", statement)));
    glance.kubectl(command.toArray(String[]::new));
  }

  private void deleteAll() {
    var namespace = glance.namespace();
    client.apps().deployments().inNamespace(namespace).withLabel(PROGRAM, PROGRAM_NAME).delete();
    Recorder.schemaVersions(client).inNamespace(namespace).delete();
    client.batch().v1().jobs().inNamespace(namespace).delete();
    client.configMaps().inNamespace(namespace).withName("glance-migrations").delete();
    client.secrets().inNamespace(namespace).withLabel("owner", "helm").delete();
    await("what was deleted is gone")
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              var left = left();
              if (!left.isEmpty()) {
                throw new AssertionError("These were deleted and are still there: " + left);
              }
            });
  }

  private List<String> left() {
    var namespace = glance.namespace();
    return Stream.of(
            client
                .pods()
                .inNamespace(namespace)
                .withoutLabel(PROGRAM, "postgres")
                .list()
                .getItems(),
            client
                .apps()
                .replicaSets()
                .inNamespace(namespace)
                .withLabel(PROGRAM, PROGRAM_NAME)
                .list()
                .getItems(),
            client.batch().v1().jobs().inNamespace(namespace).list().getItems(),
            Recorder.schemaVersions(client).inNamespace(namespace).list().getItems())
        .flatMap(List::stream)
        .map(HasMetadata::getFullResourceName)
        .toList();
  }
}
