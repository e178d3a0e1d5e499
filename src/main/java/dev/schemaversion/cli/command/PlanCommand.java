package dev.schemaversion.cli.command;

import dev.schemaversion.cli.option.RunOptions;
import dev.schemaversion.cli.option.RunOptions.Wanted;
import dev.schemaversion.cli.output.OutputOptions;
import dev.schemaversion.cli.output.Result;
import dev.schemaversion.cli.scratch.ScratchOptions;
import dev.schemaversion.cli.terminal.Terminal;
import dev.schemaversion.contract.Step;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what a sync would do. */
@Command(
    name = "plan",
    description =
        "Proves the present version and shows what a sync would do, as a plan Job does: which"
            + " migrations run, and which objects appear, change and go.")
public final class PlanCommand implements Callable<Integer> {
  @Mixin RunOptions run;
  @Mixin ScratchOptions scratch;
  @Mixin OutputOptions output;
  @Mixin TargetOption to;

  private final Terminal terminal;

  /** Creates the command. */
  public PlanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var setup = run.setUp(new Wanted(to.version, null, null, true, true), terminal);
    var result =
        new DatabaseRun("plan", setup, output, terminal)
            .withScratch(
                Step.PLAN,
                scratch,
                (local, request) -> {
                  var report = local.step(request);
                  return Result.of("plan", report.withLocks(null).withRowWarnings(null));
                });
    return output.print(result, terminal);
  }
}
