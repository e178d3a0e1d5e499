package dev.schemaversion.e2e.matrix;

import java.util.Locale;

/** The order in which the objects are applied. */
enum Order {
  /** First the workloads, and the SchemaVersion when they are held. */
  WORKLOAD_FIRST,
  /** First the SchemaVersion, and the workloads when the database is proven. */
  RESOURCE_FIRST,
  /** Everything by one command. */
  TOGETHER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
