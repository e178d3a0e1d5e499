package dev.schemaversion.cli.command;

import dev.schemaversion.cli.option.RehearsalOptions;
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

/** Runs the pending migrations on a clone. */
@Command(
    name = "rehearse",
    description =
        "Runs the pending migrations on a clone of the database on the scratch server, and shows"
            + " the plan, what they lock and rewrite, and which rows stand against them.")
public final class RehearseCommand implements Callable<Integer> {
  @Mixin RunOptions run;
  @Mixin RehearsalOptions rehearsal;
  @Mixin ScratchOptions scratch;
  @Mixin OutputOptions output;
  @Mixin TargetOption to;

  private final Terminal terminal;

  /** Creates the command. */
  public RehearseCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var setup = run.setUp(new Wanted(to.version, null, rehearsal, true, true), terminal);
    var result =
        new DatabaseRun("rehearse", setup, output, terminal)
            .withScratch(
                Step.PLAN, scratch, (local, request) -> Result.of("rehearse", local.step(request)));
    return output.print(result, terminal);
  }
}
