package dev.schemaversion.cli.kubectl.report;

import dev.schemaversion.cli.kubectl.cluster.Failure;
import dev.schemaversion.cli.kubectl.cluster.NamedResource;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code report}: one archive for support, without secrets. */
@Command(
    name = "report",
    description = "Writes one archive for support. It reads no Secret and no ConfigMap.")
public final class ReportCommand implements Runnable {
  @Mixin private NamedResource target;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The archive to write. Defaults to NAME-report.zip.")
  private Path output;

  @Option(
      names = "--operator-namespace",
      paramLabel = "NAMESPACE",
      defaultValue = "schemaversion-system",
      description = "The namespace of the operator. Defaults to schemaversion-system.")
  private String operatorNamespace;

  @Override
  public void run() {
    var terminal = target.terminal();
    var file = output == null ? Path.of(target.name() + "-report.zip") : output;
    try (var cluster = target.connect()) {
      var archive =
          new ReportCollector(cluster)
              .collect(target.in(cluster), operatorNamespace, terminal.now());
      archive.write(file);
      archive.missing().forEach(line -> terminal.note("missing: " + line));
      terminal.print(
          "Wrote %s with %d files. README.txt in it says what is masked; read the archive before you send it."
              .formatted(file, archive.names().size()));
    } catch (FileAlreadyExistsException e) {
      throw new Failure("%s exists. Name another file with -o.".formatted(file), e);
    } catch (IOException e) {
      throw new Failure(
          "%s cannot be written: %s. Name another file with -o.".formatted(file, e.getMessage()),
          e);
    }
  }
}
