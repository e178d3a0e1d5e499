package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Report.Established;
import dev.schemaversion.contract.Step;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;

/** Worlds to begin with, and what runners report in them. */
final class Worlds {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final DatabaseIdentity DATABASE = new DatabaseIdentity("7301234567890123456", "glance");
  static final DatabaseIdentity OTHER_DATABASE =
      new DatabaseIdentity("7409876543210987654", "glance");
  static final String MIGRATIONS = "sha256:" + "a1".repeat(32);
  static final String OTHER_MIGRATIONS = "sha256:" + "b2".repeat(32);

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
        migrations:
          configMapRefs: [{name: glance-migrations}]
        suspend: false
      status:
        observedGeneration: -1
      """;

  private Worlds() {}

  /** Applied a moment ago; its migrations are there, and nobody has looked at it. */
  static World applied() {
    return new World(
        Serialization.unmarshal(GLANCE, SchemaVersion.class),
        List.of(),
        MIGRATIONS,
        List.of(),
        List.of(),
        NOW);
  }

  /** The database was found empty; the sync Job is about to start. */
  static World baselined() {
    return applied().settle().ends(foundEmpty()).settle();
  }

  /** The database is at 13, as wanted. */
  static World atThirteen() {
    return baselined().ends(synced("13", 13)).settle();
  }

  static Report foundEmpty() {
    return succeeded(Step.BASELINE, null, new Report.Baseline(Established.EMPTY, null), 0);
  }

  static Report claimed(String version) {
    return succeeded(Step.BASELINE, version, new Report.Baseline(Established.CLAIMED, version), 0);
  }

  static Report foundHistory(String version) {
    return succeeded(Step.BASELINE, version, new Report.Baseline(Established.HISTORY, version), 0);
  }

  static Report synced(String version, int migrations) {
    return succeeded(Step.SYNC, version, null, migrations);
  }

  /** A run that did not succeed and left the database as it was. */
  static Report failed(Step step, Outcome outcome) {
    return failed(step, outcome, null, 0);
  }

  static Report failed(Step step, Outcome outcome, String version, int migrations) {
    return new Report(
        step,
        outcome,
        "what happened, and what to do about " + outcome,
        version,
        null,
        migrations,
        MIGRATIONS,
        DATABASE,
        "17.2",
        null);
  }

  /** The same report about another database. */
  static Report on(DatabaseIdentity database, Report report) {
    return new Report(
        report.step(),
        report.outcome(),
        report.message(),
        report.version(),
        report.baseline(),
        report.migrationsApplied(),
        report.migrationsDigest(),
        database,
        report.serverVersion(),
        report.failure());
  }

  private static Report succeeded(
      Step step, String version, Report.Baseline baseline, int migrations) {
    return new Report(
        step,
        Outcome.SUCCEEDED,
        "done",
        version,
        baseline,
        migrations,
        MIGRATIONS,
        DATABASE,
        "17.2",
        null);
  }
}
