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
import picocli.CommandLine.Option;

/** Proves the version that a history or a claim says. */
@Command(
    name = "prove",
    description =
        "Proves that the schema is that of a version, as a baseline does: the version of the"
            + " history, or the claimed one if there is no history. Nothing is stamped.")
public final class ProveCommand implements Callable<Integer> {
  @Mixin RunOptions run;
  @Mixin ScratchOptions scratch;
  @Mixin OutputOptions output;

  @Option(
      names = "--claim",
      paramLabel = "VERSION",
      description =
          "The version that a database without a history is claimed to have. By default"
              + " spec.baseline.version of the manifest.")
  String claim;

  private final Terminal terminal;

  /** Creates the command. */
  public ProveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var setup = run.setUp(Wanted.ofProof(claim), terminal);
    var result =
        new DatabaseRun("prove", setup, output, terminal)
            .withScratch(
                Step.PROVE,
                scratch,
                (local, request) ->
                    Result.of(
                        "prove",
                        setup.claim() == null ? local.step(request) : local.claim(request)));
    return output.print(result, terminal);
  }
}
