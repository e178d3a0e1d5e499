package dev.schemaversion.decide;

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
import java.util.List;
import java.util.Map;

/** Reports of runners, as the fixtures use them. */
public final class RunnerReports {
  private RunnerReports() {}

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

  /** Returns the report of a sync that began with a baseline of an empty database. */
  public static Report fromEmpty(Report sync) {
    return sync.withBaseline(new Report.Baseline(BaselineSource.EMPTY, null));
  }

  /** Returns the report of a successful proof. */
  public static Report proved(String version) {
    return succeeded(Step.PROVE, version, null, 0);
  }

  /** Returns the report of a verification that read this schema. */
  public static Report verified(Schema schema) {
    return verified("13", schema);
  }

  /** Returns the same report with this version, or null, in the history. */
  public static Report verified(String version, Schema schema) {
    return with(succeeded(Step.VERIFY, version, null, 0), schema, null);
  }

  public static Report planned(Plan plan) {
    return with(succeeded(Step.PLAN, plan.from(), null, 0), schemaOf(plan.from()), null)
        .withPlan(plan);
  }

  /** Returns the report of a failed run whose committed migrations are proven. */
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

  /** Returns the report of a failed run that did not change the database. */
  public static Report failed(Step step, Outcome outcome) {
    return failed(step, outcome, null, 0);
  }

  /** Returns the report of a run in which two objects differ from a version. */
  public static Report refuted(Step step, Outcome outcome, String version, Schema found) {
    return report(step, outcome, version, null, 0, found, proof(Verdict.Different, version));
  }

  /** Returns a report with another schema and proof. */
  public static Report with(Report report, Schema schema, Proof proof) {
    return report.withSchema(schema).withProof(proof);
  }

  /** Returns a report about another database. */
  public static Report on(DatabaseIdentity database, Report report) {
    return report.withDatabase(database);
  }

  /** Returns the schema that the migrations build. */
  public static Schema schemaOf(String version) {
    return schema("v" + version);
  }

  /** Returns another schema. */
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
        Map.of(),
        null,
        null);
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
        .migrationsDigest(SimulatedClusters.MIGRATIONS)
        .database(SimulatedClusters.DATABASE)
        .serverVersion("17.2")
        .schema(schema)
        .proof(proof)
        .build();
  }
}
