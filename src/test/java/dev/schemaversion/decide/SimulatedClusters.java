package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Plan;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Report.BaselineSource;
import dev.schemaversion.contract.ReportBuilder;
import dev.schemaversion.contract.Schema;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.gate.VersionRequirement;
import dev.schemaversion.decide.gate.WorkloadRequirements;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Worlds to begin with, and what runners report in them. */
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
        migrations:
          configMapRefs: [{name: glance-migrations}]
        suspend: false
      status:
        observedGeneration: -1
      """;

  private SimulatedClusters() {}

  /** What a workload needs of the resource that most worlds are about. */
  public static WorkloadRequirements needs(String min, String max) {
    return new WorkloadRequirements(List.of(new VersionRequirement("glance", min, max)), null);
  }

  /** Applied a moment ago; its migrations are there, and nobody has looked at it. */
  public static SimulatedCluster applied() {
    return SimulatedClusterBuilder.builder()
        .resource(Serialization.unmarshal(GLANCE, SchemaVersion.class))
        .missing(List.of())
        .migrations(MIGRATIONS)
        .jobs(List.of())
        .workloads(List.of())
        .living(List.of())
        .sharing(List.of())
        .now(NOW)
        .build();
  }

  /** The database was found empty; the sync Job is about to start. */
  public static SimulatedCluster baselined() {
    return applied().settle().ends(foundEmpty()).settle();
  }

  /** The database is at 13, as wanted. */
  public static SimulatedCluster atThirteen() {
    return baselined().ends(synced("13", 13)).settle();
  }

  public static Report foundEmpty() {
    return succeeded(Step.BASELINE, null, new Report.Baseline(BaselineSource.EMPTY, null), 0);
  }

  public static Report claimed(String version) {
    return succeeded(
        Step.BASELINE, version, new Report.Baseline(BaselineSource.PROVEN, version), 0);
  }

  public static Report foundHistory(String version) {
    return succeeded(
        Step.BASELINE, version, new Report.Baseline(BaselineSource.PROVEN, version), 0);
  }

  public static Report synced(String version, int migrations) {
    return succeeded(Step.SYNC, version, null, migrations);
  }

  /** A proof on the scratch server that holds. */
  public static Report proved(String version) {
    return succeeded(Step.PROVE, version, null, 0);
  }

  /** A look at the schema, which is this one. */
  public static Report seen(Schema schema) {
    return seen("13", schema);
  }

  /** The same with a history that says this version, or null. */
  public static Report seen(String version, Schema schema) {
    return saying(succeeded(Step.VERIFY, version, null, 0), schema, null);
  }

  public static Report planned(Plan plan) {
    return saying(succeeded(Step.PLAN, plan.from(), null, 0), schemaOf(plan.from()), null)
        .withPlan(plan);
  }

  /** A run that did not succeed; what it committed is proven. */
  public static Report failed(Step step, Outcome outcome, String version, int migrations) {
    var proven = migrations > 0 && version != null;
    return report(
        step,
        outcome,
        version,
        null,
        migrations,
        proven ? schemaOf(version) : null,
        proven ? proof(Verdict.Equal, version) : null);
  }

  /** A run that did not succeed and left the database as it was. */
  public static Report failed(Step step, Outcome outcome) {
    return failed(step, outcome, null, 0);
  }

  /** A run that found two objects that differ from a version. */
  public static Report refuted(Step step, Outcome outcome, String version, Schema found) {
    return report(step, outcome, version, null, 0, found, proof(Verdict.Different, version));
  }

  /** The same report with another schema and another proof. */
  public static Report saying(Report report, Schema schema, Proof proof) {
    return report.withSchema(schema).withProof(proof);
  }

  /** The same report about another database. */
  public static Report on(DatabaseIdentity database, Report report) {
    return report.withDatabase(database);
  }

  /** What the migrations build. */
  public static Schema schemaOf(String version) {
    return schema("v" + version);
  }

  /** What somebody has made of it. */
  public static Schema schema(String what) {
    return new Schema("postgresql 17", "sha256:" + what, "sha256:history of " + what);
  }

  public static Proof proof(Verdict verdict, String version) {
    boolean equal = verdict == Verdict.Equal || verdict == Verdict.Carried;
    return new Proof(
        verdict,
        version,
        verdict == Verdict.Unprovable ? Outcome.REPLAY_FAILED.reason() : null,
        equal && version != null ? List.of(version) : null,
        equal ? null : "9",
        equal ? null : 2,
        equal ? 0 : 2,
        equal ? null : List.of("- index public.images.ix_images_deleted", "+ trigger audit"),
        equal ? null : "sha256:" + "d1".repeat(32),
        verdict == Verdict.Accepted ? List.of("00112233445566aa", "00112233445566bb") : null,
        Map.of());
  }

  private static Report succeeded(
      Step step, String version, Report.Baseline baseline, int migrations) {
    return report(
        step,
        Outcome.SUCCEEDED,
        version,
        baseline,
        migrations,
        schemaOf(version),
        proof(Verdict.Equal, version));
  }

  private static Report report(
      Step step,
      Outcome outcome,
      String version,
      Report.Baseline baseline,
      int migrations,
      Schema schema,
      Proof proof) {
    return ReportBuilder.builder()
        .step(step)
        .outcome(outcome)
        .message(
            outcome == Outcome.SUCCEEDED
                ? "done"
                : "what happened, and what to do about " + outcome)
        .version(version)
        .baseline(baseline)
        .migrationsApplied(migrations)
        .migrationsDigest(MIGRATIONS)
        .database(DATABASE)
        .serverVersion("17.2")
        .schema(schema)
        .proof(proof)
        .build();
  }
}
