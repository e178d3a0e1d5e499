package dev.schemaversion.cli.kubectl.show;

import dev.schemaversion.cli.kubectl.cluster.Failure;
import dev.schemaversion.cli.kubectl.cluster.NamedResource;
import dev.schemaversion.cli.kubectl.cluster.OutputOption;
import dev.schemaversion.cli.kubectl.cluster.Scope;
import dev.schemaversion.cli.kubectl.view.DiffText;
import dev.schemaversion.cli.kubectl.view.StatusView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code diff}: how the schema differs from what the migrations build. */
@Command(
    name = "diff",
    description =
        "Shows how the schema differs from the schema that the migrations build, as a Job last found it.")
public final class DiffCommand implements Runnable {
  @Mixin private NamedResource target;

  @Mixin private OutputOption output;

  @Override
  public void run() {
    var terminal = target.terminal();
    try (var cluster = target.connect()) {
      var resource = target.in(cluster);
      var proof = StatusView.statusOf(resource).proof();
      if (proof == null) {
        throw new Failure(
            "The schema of %s was not compared yet. See: kubectl schemaversion status %s"
                .formatted(target.name(), target.name()));
      }
      output.print(
          terminal,
          proof,
          () ->
              DiffText.lines(
                  proof,
                  AllDifferences.of(cluster, proof, () -> cluster.pods(Scope.of(resource))),
                  terminal.now()));
    }
  }
}
