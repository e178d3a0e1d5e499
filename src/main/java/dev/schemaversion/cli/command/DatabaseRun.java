package dev.schemaversion.cli.command;

import dev.schemaversion.cli.option.Setup;
import dev.schemaversion.cli.output.OutputOptions;
import dev.schemaversion.cli.output.Result;
import dev.schemaversion.cli.scratch.Needed;
import dev.schemaversion.cli.scratch.ScratchFailure;
import dev.schemaversion.cli.scratch.ScratchOptions;
import dev.schemaversion.cli.terminal.Terminal;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.LocalRun;
import dev.schemaversion.runner.report.Shutdown;
import java.util.function.BiFunction;

/**
 * One command on a database, with a scratch server if it needs one.
 *
 * @param command the command's name
 * @param setup what it is about
 */
record DatabaseRun(String command, Setup setup, OutputOptions output, Terminal terminal) {
  /**
   * Runs with a scratch server, which is started when the database has answered: before that it is
   * not known which version it must have.
   */
  Result withScratch(
      Step step, ScratchOptions options, BiFunction<LocalRun, RunRequest, Result> work) {
    var run = run();
    var reached = run.reach(setup.request(Step.PROVE, null));
    if (reached.outcome() != Outcome.SUCCEEDED) {
      return Result.of(command, reached);
    }
    try (var scratch = options.open(needed(reached, run), terminal)) {
      var result = work.apply(run, setup.request(step, scratch.address()));
      return result.outcome() == Outcome.SCRATCH_UNAVAILABLE && !scratch.problem().isEmpty()
          ? result.withMessage(result.message() + " Its log ends with: " + scratch.problem())
          : result;
    } catch (ScratchFailure e) {
      return Result.of(command, Outcome.SCRATCH_UNAVAILABLE, e.getMessage());
    }
  }

  private Needed needed(Report reached, LocalRun run) {
    var spec = setup.resource().getSpec();
    var given = spec.proofOrDefault().scratch();
    return new Needed(
        spec.database().engine(),
        reached.serverVersion(),
        given == null ? null : given.image(),
        run.log()::line);
  }

  /** Returns a run, which ends in order when the process is asked to stop. */
  LocalRun run() {
    var stop = new Shutdown();
    terminal.onStop().accept(stop::request);
    return new LocalRun(setup.inputs(), output.log(terminal), stop);
  }
}
