package dev.schemaversion.cli.kubectl.show;

import dev.schemaversion.api.v1alpha1.ProofStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.cli.kubectl.cluster.Cluster;
import dev.schemaversion.cli.kubectl.cluster.Failure;
import dev.schemaversion.cli.kubectl.cluster.OutputOption;
import dev.schemaversion.cli.kubectl.cluster.Session;
import dev.schemaversion.cli.kubectl.view.DiffText;
import dev.schemaversion.cli.kubectl.view.StatusView;
import dev.schemaversion.desired.JobFactory;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code diff}: how the schema differs from what the migrations build. */
@Command(
    name = "diff",
    description =
        "Shows how the schema differs from the schema that the migrations build, as a Job last found it.")
public final class DiffCommand implements Runnable {
  /** A difference in the log of a runner: the time, then the line as in the status. */
  private static final Pattern DIFFERENCE = Pattern.compile("(?m)^[0-9.]+ s  ([-+~] .*)$");

  @ParentCommand private Session session;

  @Parameters(paramLabel = "NAME", description = "The SchemaVersion.")
  private String name;

  @Mixin private OutputOption output;

  @Override
  public void run() {
    var terminal = session.terminal();
    try (var cluster = session.connect()) {
      var resource = cluster.resource(name);
      var proof = StatusView.statusOf(resource).proof();
      if (proof == null) {
        throw new Failure(
            "The schema of %s was not compared yet. See: kubectl schemaversion status %s"
                .formatted(name, name));
      }
      output.print(
          terminal,
          proof,
          () -> DiffText.lines(proof, complete(cluster, resource, proof), terminal.now()));
    }
  }

  /** Returns all differences, where the status has the first only and a Job's log has the rest. */
  private static List<String> complete(Cluster cluster, SchemaVersion resource, ProofStatus proof) {
    int count = Objects.requireNonNullElse(proof.differences(), 0);
    var first = Objects.requireNonNullElse(proof.first(), List.<String>of());
    if (count <= first.size()) {
      return List.of();
    }
    try {
      return cluster.pods(resource).stream()
          .map(pod -> differences(cluster.log(pod, JobFactory.CONTAINER)))
          // The log of that very comparison, and of no other.
          .filter(found -> found.size() == count)
          .findFirst()
          .orElse(List.of());
    } catch (KubernetesClientException e) {
      // Without the right to read logs, or without the log, the status has what there is.
      return List.of();
    }
  }

  /** Returns the differences that a runner's log lists. */
  static List<String> differences(String log) {
    return DIFFERENCE.matcher(log).results().map(line -> line.group(1)).toList();
  }
}
