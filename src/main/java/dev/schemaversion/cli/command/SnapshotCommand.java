package dev.schemaversion.cli.command;

import dev.schemaversion.cli.option.RunOptions;
import dev.schemaversion.cli.option.RunOptions.Wanted;
import dev.schemaversion.cli.option.UsageError;
import dev.schemaversion.cli.output.OutputOptions;
import dev.schemaversion.cli.output.Result;
import dev.schemaversion.cli.terminal.Terminal;
import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.snapshot.SnapshotFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the schema of a database into a file. */
@Command(
    name = "snapshot",
    description =
        "Writes the schema of a database as JSON, one line for each object, for diff. No row and"
            + " no credential is in it. It needs neither migrations nor a scratch server.")
public final class SnapshotCommand implements Callable<Integer> {
  @Mixin RunOptions run;
  @Mixin OutputOptions output;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "The file to write. By default standard output.")
  Path file;

  private final Terminal terminal;

  /** Creates the command. */
  public SnapshotCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var setup = run.setUp(new Wanted(null, null, null, true, false), terminal);
    var read =
        new DatabaseRun("snapshot", setup, output, terminal)
            .run()
            .snapshot(setup.request(Step.PROVE, null));
    if (read.value().isEmpty()) {
      return output.print(Result.of("snapshot", read.report()), terminal);
    }
    var text = SnapshotFile.write(read.value().get());
    if (file == null) {
      terminal.out().print(text);
      terminal.out().flush();
      return 0;
    }
    write(text);
    var result = Result.of("snapshot", read.report());
    return output.print(result.withMessage(result.message() + " It is in " + file + "."), terminal);
  }

  private void write(String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UsageError("-o: " + file + " cannot be written: " + e.getMessage() + ".");
    }
  }
}
