package dev.schemaversion.runner.step;

import dev.schemaversion.runner.proof.MigrationTool;
import dev.schemaversion.runner.proof.Replay;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.snapshot.LeftOut;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.comparison.Comparison;
import java.sql.SQLException;
import java.util.function.Consumer;

/** Compares the schema with that of one version. Writes nothing to the database. */
final class DifferenceStep {
  private final RunContext run;
  private final MigrationTool tool;
  private final SchemaProof proof;
  private final String version;

  DifferenceStep(RunContext run, MigrationTool tool, SchemaProof proof, String version) {
    this.run = run;
    this.tool = tool;
    this.proof = proof;
    this.version = version;
  }

  /**
   * Compares.
   *
   * @param compared receives all that differs
   */
  String run(Consumer<Comparison> compared) throws SQLException {
    tool.require(version, "--at");
    var found = Reading.of(run, tool, proof).schema();
    run.log().begin("building version " + version);
    var replay = tool.replays(version).getFirst();
    var leftOut = replay.leftOut();
    var visitor = new Visitor(found, leftOut);
    replay.run(visitor);
    var comparison = visitor.comparison;
    if (comparison == null) {
      throw new IllegalStateException("the replay has no version " + version);
    }
    compared.accept(comparison);
    int count = comparison.differences().size();
    return (count == 1
            ? "1 object differs"
            : count == 0 ? "Nothing differs" : count + " objects differ")
        + " from the schema that the migrations build as version "
        + version
        + ".";
  }

  private final class Visitor implements Replay.Visitor {
    private final Snapshot found;
    private final LeftOut leftOut;
    private Comparison comparison;

    Visitor(Snapshot found, LeftOut leftOut) {
      this.found = found;
      this.leftOut = leftOut;
    }

    @Override
    public boolean built(String name, Replay.Built built) throws SQLException {
      if (name.equals(tool.canonical(version))) {
        var schema = built.read();
        comparison = built.trip().settle(proof.comparison(found, leftOut, schema));
      }
      return comparison == null;
    }
  }
}
