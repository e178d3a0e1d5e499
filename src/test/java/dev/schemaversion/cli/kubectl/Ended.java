package dev.schemaversion.cli.kubectl;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import java.util.List;

/** Jobs in the history of a status. */
final class Ended {
  private Ended() {}

  static List<Operation> job(String name) {
    return List.of(
        new Operation(name, "sync", null, 1, "Succeeded", null, "14", 1, null, null, 1.0));
  }
}
