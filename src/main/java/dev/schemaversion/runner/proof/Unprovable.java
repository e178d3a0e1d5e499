package dev.schemaversion.runner.proof;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.ProofBuilder;
import dev.schemaversion.contract.Report;
import java.util.List;
import java.util.Optional;

/** A version cannot be compared, for a reason that says nothing about the database. */
public final class Unprovable extends RuntimeException {
  private final Outcome outcome;
  private final String where;
  private final transient Report.Failure failure;
  private String version;

  /**
   * Why.
   *
   * @param outcome how the run ends unless this is accepted
   * @param where what makes it this reason and no other, such as file and SQLState; it is part of
   *     what is accepted
   * @param message for a person
   * @param failure the statement that failed, or null
   */
  public Unprovable(
      Outcome outcome, String where, String message, Report.Failure failure, Throwable cause) {
    super(message, cause);
    this.outcome = outcome;
    this.where = where;
    this.failure = failure;
  }

  /** How the run ends unless this is accepted. */
  public Outcome outcome() {
    return outcome;
  }

  /** The statement that failed, if it was one. */
  public Optional<Report.Failure> failure() {
    return Optional.ofNullable(failure);
  }

  /** The same, about the version that was to be proven. */
  public Unprovable about(String claimed) {
    version = claimed;
    return this;
  }

  /** As it is reported; its digest accepts it. */
  public Proof proof() {
    return ProofBuilder.builder()
        .verdict(Proof.Verdict.Unprovable)
        .version(version)
        .reason(outcome.reason())
        .digest(Acceptance.digest(version, List.of(normalised())))
        .build();
  }

  /** The reason in one line, equal for equal reasons. */
  String normalised() {
    return "unprovable " + outcome.reason() + " " + where;
  }
}
