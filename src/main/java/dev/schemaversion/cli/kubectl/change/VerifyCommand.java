package dev.schemaversion.cli.kubectl.change;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.cli.kubectl.cluster.Failure;
import dev.schemaversion.cli.kubectl.cluster.Session;
import dev.schemaversion.cli.kubectl.view.StatusView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code verify}: a verification now, by the annotation {@link Names#VERIFY}. */
@Command(
    name = "verify",
    description =
        "Asks whether the schema is still the proven one. Writes nothing to the database.")
public final class VerifyCommand implements Runnable {
  @ParentCommand private Session session;

  @Parameters(paramLabel = "NAME", description = "The SchemaVersion.")
  private String name;

  @Mixin private WaitOptions waiting;

  @Override
  public void run() {
    var terminal = session.terminal();
    try (var cluster = session.connect()) {
      var resource = cluster.resource(name);
      if (resource.getSpec() != null && resource.getSpec().suspended()) {
        throw new Failure(
            "%s is suspended, so no Job would verify it. Run first: kubectl schemaversion resume %s"
                .formatted(name, name));
      }
      if (StatusView.statusOf(resource).proof() == null) {
        throw new Failure(
            "No version of %s was proven yet, so there is nothing to verify. See: kubectl schemaversion status %s"
                .formatted(name, name));
      }
      var value = terminal.now().toString();
      cluster.annotate(resource, Names.VERIFY, value);
      terminal.print(
          "Asked for a verification of %s. A verify Job compares digests; only where they differ a prove Job follows."
              .formatted(name));
      waiting.await(
          terminal, cluster, name, ConditionType.Proven, now -> End.ofVerification(now, value));
    }
  }
}
