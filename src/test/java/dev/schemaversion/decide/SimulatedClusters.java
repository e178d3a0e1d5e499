package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.decide.gate.VersionRequirement;
import dev.schemaversion.decide.gate.WorkloadRequirements;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;

/** Simulated clusters to begin with. */
public final class SimulatedClusters {
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  public static final DatabaseIdentity DATABASE =
      new DatabaseIdentity("7301234567890123456", "glance");
  public static final DatabaseIdentity OTHER_DATABASE =
      new DatabaseIdentity("7409876543210987654", "glance");
  public static final String MIGRATIONS = "sha256:" + "a1".repeat(32);
  public static final String OTHER_MIGRATIONS = "sha256:" + "b2".repeat(32);

  private static final String GLANCE =
      """
      apiVersion: schemaversion.dev/v1alpha1
      kind: SchemaVersion
      metadata:
        name: glance
        namespace: glance
        uid: 5f0c1f5e-0000-4000-8000-000000000001
        generation: 1
        resourceVersion: "1"
      spec:
        version: "13"
        database:
          engine: PostgreSQL
          host: postgres
          port: 5432
          name: glance
          schemas: [public]
          secretRef: {name: glance-db}
        baseline: {version: "0"}
        migrations:
          configMapRefs: [{name: glance-migrations}]
        suspend: false
      status:
        observedGeneration: -1
      """;

  private SimulatedClusters() {}

  /** Returns the requirements of a workload that requires the resource. */
  public static WorkloadRequirements needs(String min, String max) {
    return new WorkloadRequirements(List.of(new VersionRequirement("glance", min, max)), null);
  }

  /**
   * Returns a cluster with a new resource and its migrations, before the first pass. It claims the
   * version of an empty database, so its first Job is a baseline.
   */
  public static SimulatedCluster applied() {
    return SimulatedClusterBuilder.builder()
        .resource(Serialization.unmarshal(GLANCE, SchemaVersion.class))
        .missing(List.of())
        .migrations(MIGRATIONS)
        .jobs(List.of())
        .workloads(List.of())
        .livePods(List.of())
        .sharedWith(List.of())
        .now(NOW)
        .build();
  }

  /** Returns the same with a resource that claims nothing, so its first Job may be a first sync. */
  public static SimulatedCluster unclaimed() {
    return applied().patch("spec: {baseline: null}");
  }

  /** Returns a cluster with an empty database and a created sync Job. */
  public static SimulatedCluster baselined() {
    return applied().settle().ends(RunnerReports.foundEmpty()).settle();
  }

  /**
   * Returns a cluster with a migration tool of the user instead of Flyway, whose database is at the
   * wanted version, the fifth one of seven. Two of the names are numbers, in falling order.
   */
  public static SimulatedCluster atExpand() {
    return applied()
        .patch(
            """
            spec:
              version: "2024_1_expand01"
              migrations:
                configMapRefs: null
                command:
                  image: registry.example.org/glance:2026.2
                  versions: [liberty, mitaka02, "12", "3", 2024_1_expand01, 2024_1_contract01, 2025_1]
                  migrate: [glance-manage, db, upgrade, $(VERSION)]
                  history: {tables: [alembic_version]}
            """)
        .settle()
        .ends(RunnerReports.foundEmpty())
        .settle()
        .ends(RunnerReports.synced("2024_1_expand01", 5))
        .settle();
  }

  /** Returns a cluster whose database is at the wanted version 13. */
  public static SimulatedCluster atThirteen() {
    return baselined().ends(RunnerReports.synced("13", 13)).settle();
  }
}
