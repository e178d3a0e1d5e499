package dev.schemaversion.runner.report;

import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Plan;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Report.BaselineSource;
import dev.schemaversion.contract.ReportBuilder;
import dev.schemaversion.contract.Schema;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.TableLocks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Collects the results of a run, so that the report of a failure contains all that is known by
 * then.
 */
public final class ReportDraft {
  private final ReportBuilder report = ReportBuilder.builder();
  private final StringBuilder notes = new StringBuilder();
  private final List<String> advice = new ArrayList<>();
  private TableLocks locks;

  public void step(Step value) {
    report.step(value);
  }

  public void version(String value) {
    report.version(value);
  }

  public void baseline(Report.BaselineSource source, String value) {
    report.baseline(new Report.Baseline(source, value)).version(value);
  }

  /** Whether the run has found that the database is empty. */
  public boolean foundEmpty() {
    return report.baseline() != null && report.baseline().source() == BaselineSource.EMPTY;
  }

  public void migrationsApplied(int value) {
    report.migrationsApplied(value);
  }

  public void migrationsDigest(String value) {
    report.migrationsDigest(value);
  }

  public void server(DatabaseIdentity identity, String version) {
    report.database(identity).serverVersion(version);
  }

  public void schema(Schema value) {
    report.schema(value);
  }

  public void proof(Proof value) {
    report.proof(value);
  }

  public void plan(Plan value) {
    report.plan(value);
  }

  /** Adds a sentence to the message, however the run ends, unless it has it already. */
  public void note(String sentence) {
    if (notes.indexOf(sentence) < 0) {
      notes.append(' ').append(sentence);
    }
  }

  public void checksumsUpdated(List<String> scripts) {
    report.checksumsUpdated(scripts);
  }

  public void locks(TableLocks value) {
    locks = value;
  }

  /** Adds a sentence to the message and to the advice about what a sync does. */
  public void advice(String sentence) {
    note(sentence);
    advice.add(sentence);
  }

  /** The advice comes first: where the report is too long, the last notes are left out. */
  private TableLocks withAdvice() {
    if (advice.isEmpty()) {
      return locks;
    }
    return locks == null
        ? new TableLocks(null, advice)
        : new TableLocks(
            locks.warnings(),
            Stream.concat(advice.stream(), Stream.ofNullable(locks.notes()).flatMap(List::stream))
                .toList());
  }

  /** See {@link Report#adopted}. */
  public void adopted(List<String> objects) {
    report.adopted(objects);
  }

  /** Records what may make the migrations fail, one sentence each. */
  public void rowWarnings(List<String> warnings) {
    report.rowWarnings(warnings);
  }

  public Report report(Outcome outcome, String message, Report.Failure failure) {
    return report
        .locks(withAdvice())
        .outcome(outcome)
        .message(message + notes)
        .failure(failure)
        .build();
  }
}
