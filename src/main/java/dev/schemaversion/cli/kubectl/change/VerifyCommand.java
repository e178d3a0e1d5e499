package dev.schemaversion.cli.kubectl.change;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.cli.kubectl.cluster.Failure;
import dev.schemaversion.cli.kubectl.cluster.NamedResource;
import dev.schemaversion.cli.kubectl.view.StatusView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code verify}: a verification now, by the annotation {@link Names#VERIFY}. */
@Command(
    name = "verify",
    description =
        "Asks whether the schema is still the proven one. Writes nothing to the database.")
public final class VerifyCommand implements Runnable {
  @Mixin private NamedResource target;

  @Mixin private WaitOptions waiting;

  @Override
  public void run() {
    var terminal = target.terminal();
    try (var cluster = target.connect()) {
      var resource = target.in(cluster);
      if (resource.getSpec() != null && resource.getSpec().suspended()) {
        throw new Failure(
            "%s is suspended, so no Job would verify it. Run first: kubectl schemaversion resume %s"
                .formatted(target.name(), target.name()));
      }
      if (StatusView.statusOf(resource).proof() == null) {
        throw new Failure(
            "No version of %s was proven yet, so there is nothing to verify. See: kubectl schemaversion status %s"
                .formatted(target.name(), target.name()));
      }
      var value = terminal.now().toString();
      cluster.annotate(resource, Names.VERIFY, value);
      terminal.print(
          "Asked for a verification of %s. A verify Job compares digests; only where they differ a prove Job follows."
              .formatted(target.name()));
      waiting.await(target, cluster, ConditionType.Proven, now -> End.ofVerification(now, value));
    }
  }
}
