package dev.schemaversion.runner.step;

import dev.schemaversion.contract.FlywayOptions.Checksums;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.proof.History;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.proof.Unprovable;
import dev.schemaversion.runner.report.RefusalMessages;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.scratch.ScratchLacks;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Migrations that ran and whose files have changed since. The schema that the files build now shows
 * whether the change matters; only with {@code checksums: Proven} does the history take it over.
 */
final class ChangedMigrations {
  private static final int NAMED = 10;

  private final RunContext run;
  private final SchemaProof proof;
  private final List<String> names;

  private ChangedMigrations(RunContext run, SchemaProof proof, List<String> names) {
    this.run = run;
    this.proof = proof;
    this.names = names;
  }

  /** Those of a history. */
  static ChangedMigrations of(RunContext run, SchemaProof proof, History history) {
    return new ChangedMigrations(run, proof, history.changed());
  }

  /**
   * Those that a history takes over because the files were proven; none if the request does not say
   * so.
   *
   * @param result how the schema compares with what the files build
   */
  static ChangedMigrations toTakeOver(
      RunContext run, SchemaProof proof, History history, Proof result) {
    return isTakenOver(run) && isCompared(result)
        ? of(run, proof, history)
        : new ChangedMigrations(run, proof, List.of());
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  /**
   * Proves the version of the history with the files as they are now.
   *
   * @return the proof, with which they may be taken over
   * @throws RunFailure {@link Outcome#CHECKSUM_MISMATCH} if they build another schema, or are not
   *     to be taken over
   */
  Proof prove(Snapshot found, History history) throws SQLException {
    if (!proof.canBuild()) {
      throw refuse(
          "Whether the schema they build now equals the one found is not known, because this Job has"
              + " no scratch server (spec.proof.mode: OnBaseline).");
    }
    var result = compared(found, history);
    if (!result.holds()) {
      throw refuse("With the files as they are now, " + RefusalMessages.differ(result));
    }
    if (!isCompared(result)) {
      throw refuse(
          "Whether the schema they build now equals the one found is not known: it is accepted that"
              + " version "
              + result.version()
              + " cannot be built ("
              + result.reason()
              + ").");
    }
    if (!isTakenOver(run)) {
      throw new RunFailure(
          Outcome.CHECKSUM_MISMATCH,
          haveChanged()
              + " Nothing was done. The schema they build now equals the one found"
              + (result.verdict() == Proof.Verdict.Accepted ? " but for what is accepted" : "")
              + "; to take the files over, set spec.migrations.flyway.checksums: Proven. Rows of"
              + " data are not compared: if a change concerns them, put back what ran.");
    }
    return result;
  }

  private Proof compared(Snapshot found, History history) throws SQLException {
    try {
      return proof.history(found, history);
    } catch (Unprovable | ScratchLacks e) {
      throw refuse(
          "Whether the schema they build now equals the one found is not known. " + e.getMessage());
    }
  }

  /** Without a reason, the schemas were compared; what is accepted otherwise was never built. */
  private static boolean isCompared(Proof result) {
    return result.holds() && result.reason() == null;
  }

  private static boolean isTakenOver(RunContext run) {
    return run.request().flyway().optionsOrDefault().checksumsOrDefault() == Checksums.PROVEN;
  }

  /**
   * Writes the files' checksums into the history, after {@link #prove}. A plan and a proof leave
   * the history as it is.
   *
   * @return the history as it is then
   */
  History takeOver(History history) throws SQLException {
    if (names.isEmpty() || !writes()) {
      return history;
    }
    var current = history.takeOverChanges();
    names.forEach(
        name -> run.log().line(name + ": the history took over the checksum of the changed file"));
    run.report().checksumsUpdated(shortened());
    return current;
  }

  private boolean writes() {
    return run.request().step() == Step.SYNC || run.request().step() == Step.BASELINE;
  }

  /** Says in two sentences what was taken over, or will be; empty if nothing has changed. */
  String takenOver() {
    return names.isEmpty()
        ? ""
        : (writes() ? " The history took over" : " A sync takes over")
            + " the checksums of changed files, which build the schema found: "
            + String.join(", ", shortened())
            + ". Rows of data were not compared.";
  }

  private RunFailure refuse(String evidence) {
    return new RunFailure(
        Outcome.CHECKSUM_MISMATCH,
        haveChanged()
            + (isTakenOver(run)
                ? " Nothing was done, and they are not taken over. "
                : " Nothing was done. ")
            + evidence
            + " Put back what ran in spec.migrations, and make the change in a new migration.");
  }

  private String haveChanged() {
    return "Migrations that ran have changed since: " + String.join(", ", shortened()) + ".";
  }

  private List<String> shortened() {
    return names.size() <= NAMED
        ? names
        : Stream.concat(
                names.stream().limit(NAMED), Stream.of("and " + (names.size() - NAMED) + " more"))
            .toList();
  }
}
