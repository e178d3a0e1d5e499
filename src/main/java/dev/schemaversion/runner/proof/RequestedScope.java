package dev.schemaversion.runner.proof;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.snapshot.IgnorePattern;
import dev.schemaversion.runner.snapshot.Outside;
import dev.schemaversion.runner.snapshot.Scope;
import java.util.List;
import java.util.stream.Stream;

/** What a run reads and compares of the real database, as its request says. */
final class RequestedScope {
  private RequestedScope() {}

  /**
   * The schemas of the spec, and what does not count in them.
   *
   * @throws RunFailure {@link Outcome#INVALID_REQUEST} if an ignore pattern is none
   */
  static Scope of(List<String> schemas, RunRequest request) {
    try {
      return new Scope(
          schemas,
          Stream.concat(request.proof().ignore().stream(), historyOfTool(schemas, request))
              .map(IgnorePattern::of)
              .toList(),
          request.proof().grantsOrDefault() == ProofRules.Grants.Enforce,
          Outside.NOTHING);
    } catch (IllegalArgumentException e) {
      throw new RunFailure(
          Outcome.INVALID_REQUEST,
          "spec.proof.ignore: " + e.getMessage() + " Correct the resource.",
          null,
          e);
    }
  }

  /** The tables that the user's tool keeps for itself, with what is in them and their sequences. */
  private static Stream<String> historyOfTool(List<String> schemas, RunRequest request) {
    if (request.command() == null) {
      return Stream.of();
    }
    // On MariaDB and MySQL names have no schema.
    var prefix =
        request.database().schemas() == null || request.database().schemas().isEmpty()
            ? ""
            : schemas.getFirst() + ".";
    return request.command().historyTables().stream()
        .map(table -> table.contains(".") ? table : prefix + table)
        .flatMap(table -> Stream.of("* " + table, "* " + table + ".*", "sequence " + table + "_*"));
  }

  /** What the last proof has compared outside of these schemas. */
  static Outside outside(RunRequest request) {
    var known = request.proof().known();
    return known == null || known.basisOrUnknown().outside() == null
        ? Outside.NOTHING
        : new Outside(known.basisOrUnknown().outside());
  }
}
