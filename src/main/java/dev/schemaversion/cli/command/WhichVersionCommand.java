package dev.schemaversion.cli.command;

import dev.schemaversion.cli.option.RunOptions;
import dev.schemaversion.cli.option.RunOptions.Wanted;
import dev.schemaversion.cli.output.OutputOptions;
import dev.schemaversion.cli.output.Result;
import dev.schemaversion.cli.scratch.ScratchOptions;
import dev.schemaversion.cli.terminal.Terminal;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Step;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Searches for the version that a schema has. */
@Command(
    name = "which-version",
    description =
        "Searches for the versions whose schema the database has, whatever its history says, or"
            + " else for the nearest one.")
public final class WhichVersionCommand implements Callable<Integer> {
  @Mixin RunOptions run;
  @Mixin ScratchOptions scratch;
  @Mixin OutputOptions output;

  private final Terminal terminal;

  /** Creates the command. */
  public WhichVersionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var setup = run.setUp(Wanted.ofProof(null), terminal);
    var result =
        new DatabaseRun("which-version", setup, output, terminal)
            .withScratch(Step.PROVE, scratch, (local, request) -> result(local.search(request)));
    return output.print(result, terminal);
  }

  private static Result result(Report report) {
    var result = Result.of("which-version", report);
    return report.outcome() == Outcome.SUCCEEDED && !isFound(report)
        ? result.withExitCode(Result.DIFFERS)
        : result;
  }

  private static boolean isFound(Report report) {
    var proof = report.proof();
    return proof.verdict() == Verdict.Equal
        || (proof.equalVersions() != null && !proof.equalVersions().isEmpty());
  }
}
