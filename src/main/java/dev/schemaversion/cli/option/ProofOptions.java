package dev.schemaversion.cli.option;

import dev.schemaversion.api.v1alpha1.ProofSpec;
import java.util.List;
import picocli.CommandLine.Option;

/** What counts in a comparison. Fields that are not set are null. */
final class ProofOptions {
  @Option(
      names = "--ignore",
      paramLabel = "PATTERN",
      description =
          "Objects that do not count, as in spec.proof.ignore, such as \"* public.report_*\". Can"
              + " be repeated.")
  List<String> ignore;

  @Option(
      names = "--grants",
      paramLabel = "Enforce|Note",
      description = "Whether grants and owners count (PostgreSQL). Defaults to Enforce.")
  ProofSpec.Grants grants;

  @Option(
      names = "--accept-difference",
      paramLabel = "DIGEST",
      description = "The digest of a difference that is accepted, as a refusal gives it.")
  String acceptDifference;
}
