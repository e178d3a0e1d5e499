package dev.schemaversion.cli.kubectl.cluster;

import dev.schemaversion.api.v1alpha1.SchemaVersion;

/**
 * Which resources a request is about.
 *
 * @param namespace their namespace; null for all namespaces
 * @param name the name of the only one; null for all of the namespace
 */
public record Scope(String namespace, String name) {
  /** Returns the scope of one resource. */
  public static Scope of(SchemaVersion resource) {
    return new Scope(resource.getMetadata().getNamespace(), resource.getMetadata().getName());
  }
}
