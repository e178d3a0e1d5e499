package dev.schemaversion.runner;

import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.report.Log;
import dev.schemaversion.runner.report.Shutdown;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.comparison.Comparison;
import dev.schemaversion.runner.step.LocalSteps;
import dev.schemaversion.runner.step.StepExecutor;
import dev.schemaversion.runner.step.Work;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs outside of a cluster. They do what Jobs do, on sessions in which the real database's server
 * refuses every write.
 *
 * @param inputs the credentials and the migrations
 * @param log where progress goes
 * @param stop whether the run has to end early
 */
public record LocalRun(LocalInputs inputs, Log log, Shutdown stop) {
  /**
   * The result of a run that yields something besides its report.
   *
   * @param value what it yields; empty if it failed
   */
  public record Yield<T>(Report report, Optional<T> value) {}

  /** Connects, and reads the migrations and which database it is. */
  public Report reach(RunRequest request) {
    return run(request, (run, tool, proof, scratch) -> "The database answers.");
  }

  /** Runs the step of the request, which must be one that writes nothing. */
  public Report step(RunRequest request) {
    return switch (request.step()) {
      case PROVE, PLAN, VERIFY ->
          run(
              request,
              (run, tool, proof, scratch) -> new StepExecutor(run, tool, proof, scratch).execute());
      case BASELINE, SYNC ->
          throw new IllegalArgumentException(request.step() + " writes to the database");
    };
  }

  /** Proves the claim of the request as a baseline does, and stamps nothing. */
  public Report claim(RunRequest request) {
    return run(request, LocalSteps.claim());
  }

  /** Searches for the version that the schema has. */
  public Report search(RunRequest request) {
    return run(request, LocalSteps.search());
  }

  /** Reads the schema. */
  public Yield<Snapshot> snapshot(RunRequest request) {
    var read = new AtomicReference<Snapshot>();
    return new Yield<>(
        run(request, LocalSteps.snapshot(read::set)), Optional.ofNullable(read.get()));
  }

  /** Compares the schema with that of a version. */
  public Yield<Comparison> difference(RunRequest request, String version) {
    var compared = new AtomicReference<Comparison>();
    return new Yield<>(
        run(request, LocalSteps.difference(version, compared::set)),
        Optional.ofNullable(compared.get()));
  }

  private Report run(RunRequest request, Work work) {
    Work careful =
        (run, tool, proof, scratch) -> {
          DistinctServers.check(run);
          return work.run(run, tool, proof, scratch);
        };
    return new Runner(inputs, RunMode.readingOnly(careful), log, stop).run(request);
  }
}
