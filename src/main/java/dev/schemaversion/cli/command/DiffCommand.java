package dev.schemaversion.cli.command;

import dev.schemaversion.cli.option.RunOptions;
import dev.schemaversion.cli.option.RunOptions.Wanted;
import dev.schemaversion.cli.option.UsageError;
import dev.schemaversion.cli.output.OutputOptions;
import dev.schemaversion.cli.output.Result;
import dev.schemaversion.cli.scratch.ScratchOptions;
import dev.schemaversion.cli.terminal.Terminal;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.comparison.Comparison;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two schemas object by object. */
@Command(
    name = "diff",
    description =
        "Compares two schemas object by object: two files of snapshot; a file and a database; or,"
            + " with --at, what the migrations build as a version and a database. The first is what"
            + " is expected: - is missing, + is not expected. Exits with 1 if something differs.")
public final class DiffCommand implements Callable<Integer> {
  @Mixin RunOptions run;
  @Mixin ScratchOptions scratch;
  @Mixin OutputOptions output;

  @Parameters(
      arity = "0..2",
      paramLabel = "SNAPSHOT",
      description = "Files that snapshot has written: the expected one, and the one to compare.")
  List<Path> files = List.of();

  @Option(
      names = "--at",
      paramLabel = "VERSION",
      description = "The version of the migrations that the database is compared with.")
  String at;

  private final Terminal terminal;

  /** Creates the command. */
  public DiffCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if ((at != null) != files.isEmpty()) {
      throw new UsageError(
          "Name what to compare: two files of schemaversion snapshot, one file and a database, or"
              + " a database and --at VERSION.");
    }
    var result = at != null ? withVersion() : files.size() == 2 ? ofFiles() : withFile();
    return output.print(result, terminal);
  }

  private Result ofFiles() {
    var expected = SnapshotFiles.read(files.getFirst());
    var found = SnapshotFiles.read(files.getLast());
    return compared(
        Result.of("diff", Outcome.SUCCEEDED, ""), compare(expected, found, files.getFirst()));
  }

  private Result withFile() {
    var expected = SnapshotFiles.read(files.getFirst());
    var setup = run.setUp(new Wanted(null, null, null, true, false), terminal);
    var read =
        new DatabaseRun("diff", setup, output, terminal)
            .run()
            .snapshot(setup.request(Step.PROVE, null));
    var result = Result.of("diff", read.report());
    return read.value()
        .map(found -> compared(result, compare(expected, found, files.getFirst())))
        .orElse(result);
  }

  private Result withVersion() {
    var setup = run.setUp(Wanted.ofProof(null), terminal);
    return new DatabaseRun("diff", setup, output, terminal)
        .withScratch(
            Step.PROVE,
            scratch,
            (local, request) -> {
              var difference = local.difference(request, at);
              var result = Result.of("diff", difference.report());
              return difference.value().map(value -> compared(result, value)).orElse(result);
            });
  }

  private static Comparison compare(Snapshot expected, Snapshot found, Path file) {
    try {
      return Comparison.of(expected, found);
    } catch (IllegalArgumentException e) {
      throw new UsageError(
          "The two cannot be compared: %s was taken of %s with other settings than %s. Take both of servers of the same major version, with the same --ignore and --grants, and with the same release of schemaversion."
              .formatted(file, expected.header().text(), found.header().text()));
    }
  }

  private static Result compared(Result result, Comparison comparison) {
    var differences = comparison.differences().stream().map(Object::toString).toList();
    int count = differences.size();
    return result
        .with()
        .exitCode(count == 0 ? 0 : Result.DIFFERS)
        .message(
            count == 0
                ? "Nothing differs."
                : count == 1 ? "1 object differs." : count + " objects differ.")
        .differences(differences)
        .notes(comparison.notes())
        .build();
  }
}
