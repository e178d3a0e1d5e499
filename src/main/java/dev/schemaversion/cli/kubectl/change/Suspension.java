package dev.schemaversion.cli.kubectl.change;

import dev.schemaversion.cli.kubectl.cluster.NamedResource;
import java.util.Map;

/** Sets {@code spec.suspend}. */
final class Suspension {
  private Suspension() {}

  /** Sets the field, prints what follows, and warns where a GitOps tool may revert it. */
  static void set(NamedResource target, boolean suspend, String consequence) {
    var terminal = target.terminal();
    try (var cluster = target.connect()) {
      var resource = target.in(cluster);
      if (resource.getSpec() != null && resource.getSpec().suspended() == suspend) {
        terminal.print(
            "%s is %s already.".formatted(target.name(), suspend ? "suspended" : "active"));
        return;
      }
      cluster.patch(resource, Map.of("spec", Map.of("suspend", suspend)));
      terminal.print(consequence.formatted(target.name()));
      GitOpsTool.of(resource)
          .ifPresent(
              tool ->
                  terminal.note(
                      "warning: %s applies this resource and may revert the change. Set spec.suspend in its repository too."
                          .formatted(tool)));
    }
  }
}
