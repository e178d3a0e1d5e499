package dev.schemaversion.runner;

import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Plan;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Schema;
import dev.schemaversion.contract.Step;

/** What a run has learnt so far, so that a report of failure says as much as is known. */
final class Findings {
  private Step step;
  private String version;
  private Report.Baseline baseline;
  private int migrationsApplied;
  private String migrationsDigest;
  private DatabaseIdentity database;
  private String serverVersion;
  private Schema schema;
  private Proof proof;
  private Plan plan;

  void step(Step value) {
    step = value;
  }

  void version(String value) {
    version = value;
  }

  void baseline(Report.Established established, String value) {
    baseline = new Report.Baseline(established, value);
    version = value;
  }

  void migrationsApplied(int value) {
    migrationsApplied = value;
  }

  void migrationsDigest(String value) {
    migrationsDigest = value;
  }

  void server(DatabaseIdentity identity, String version) {
    database = identity;
    serverVersion = version;
  }

  void schema(Schema value) {
    schema = value;
  }

  void proof(Proof value) {
    proof = value;
  }

  void plan(Plan value) {
    plan = value;
  }

  Report report(Outcome outcome, String message, Report.Failure failure) {
    return new Report(
        step,
        outcome,
        message,
        version,
        baseline,
        migrationsApplied,
        migrationsDigest,
        database,
        serverVersion,
        failure,
        schema,
        proof,
        plan);
  }
}
