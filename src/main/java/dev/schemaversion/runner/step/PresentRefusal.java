package dev.schemaversion.runner.step;

import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Schema;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.report.RefusalMessages;
import dev.schemaversion.runner.report.RunContext;

/**
 * The refusal of a schema that differs from the version of its history.
 *
 * @param proof how it differs
 * @param schema the digests of the schema and the history
 */
record PresentRefusal(RunContext run, Proof proof, Schema schema) {
  /** Returns the failure, and records the difference in the report. */
  RunFailure failure() {
    run.report().proof(proof);
    run.report().schema(schema);
    return run.request().proof().known() == null
        ? RefusalMessages.historyContradicted(proof)
        : RefusalMessages.drifted(proof);
  }

  /** Returns the failure with further sentences. */
  RunFailure because(String sentences) {
    var failure = failure();
    return new RunFailure(failure.outcome(), failure.getMessage() + " " + sentences);
  }
}
