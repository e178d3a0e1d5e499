package dev.schemaversion.e2e.stories;

import dev.schemaversion.e2e.Glance;
import java.util.function.UnaryOperator;

/** The Glance example's registry, whose roll-out is held and released. */
final class Registry {
  private static final String NAME = "glance-registry";
  private static final String NEEDS = "schemaversion.dev/min-version: \"%s\"";

  private final Glance glance;

  Registry(Glance glance) {
    this.glance = glance;
  }

  /** Manifests of the example whose registry needs this version instead of 13. */
  static UnaryOperator<String> needing(String version) {
    return manifests -> manifests.replace(NEEDS.formatted("13"), NEEDS.formatted(version));
  }

  /** The example at 13, with both pods of the registry there. */
  Registry isAt13() {
    glance.environment("environment").apply("app");
    glance.await("Ready");
    glance.awaitRegistry();
    return this;
  }

  /** Whether the gate holds it. */
  boolean held() {
    var stored = glance.get("deployment", NAME);
    return stored.at("/spec/paused").asBoolean()
        && stored.at("/metadata/annotations").has("schemaversion.dev/held");
  }

  /** How many pods of it serve, old or new. */
  int available() {
    return glance.get("deployment", NAME).at("/status/availableReplicas").asInt();
  }

  /** Counts the changes of what it is to be. */
  long generation() {
    return glance.get("deployment", NAME).at("/metadata/generation").asLong();
  }
}
