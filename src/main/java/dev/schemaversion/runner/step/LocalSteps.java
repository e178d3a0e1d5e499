package dev.schemaversion.runner.step;

import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.comparison.Comparison;
import java.util.function.Consumer;

/**
 * The steps of runs outside of a cluster. No Job has them, and none of them writes to the real
 * database.
 */
public final class LocalSteps {
  private LocalSteps() {}

  /** Does what a baseline does, except that it stamps nothing. */
  public static Work claim() {
    return (run, tool, proof, scratch) -> new BaselineStep(run, tool, proof).run();
  }

  /** Searches for the version that a schema has, whatever its history says. */
  public static Work search() {
    return (run, tool, proof, scratch) -> new SearchStep(run, tool, proof).run();
  }

  /**
   * Reads the schema.
   *
   * @param read receives it
   */
  public static Work snapshot(Consumer<Snapshot> read) {
    return (run, tool, proof, scratch) -> {
      var found = Reading.of(run, tool, proof).schema();
      read.accept(found);
      return "The schema was read: "
          + found.lines().size()
          + (found.lines().size() == 1 ? " line." : " lines.");
    };
  }

  /**
   * Compares the schema with that of one version.
   *
   * @param version which the migrations build
   * @param compared receives all that differs
   */
  public static Work difference(String version, Consumer<Comparison> compared) {
    return (run, tool, proof, scratch) ->
        new DifferenceStep(run, tool, proof, version).run(compared);
  }
}
