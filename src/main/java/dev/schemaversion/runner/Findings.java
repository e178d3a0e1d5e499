package dev.schemaversion.runner;

import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Plan;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.ReportBuilder;
import dev.schemaversion.contract.Schema;
import dev.schemaversion.contract.Step;

/** What a run has learnt so far, so that a report of failure says as much as is known. */
final class Findings {
  private final ReportBuilder report = ReportBuilder.builder();

  void step(Step value) {
    report.step(value);
  }

  void version(String value) {
    report.version(value);
  }

  void baseline(Report.Established established, String value) {
    report.baseline(new Report.Baseline(established, value)).version(value);
  }

  void migrationsApplied(int value) {
    report.migrationsApplied(value);
  }

  void migrationsDigest(String value) {
    report.migrationsDigest(value);
  }

  void server(DatabaseIdentity identity, String version) {
    report.database(identity).serverVersion(version);
  }

  void schema(Schema value) {
    report.schema(value);
  }

  void proof(Proof value) {
    report.proof(value);
  }

  void plan(Plan value) {
    report.plan(value);
  }

  Report report(Outcome outcome, String message, Report.Failure failure) {
    return report.outcome(outcome).message(message).failure(failure).build();
  }
}
