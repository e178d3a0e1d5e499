package dev.schemaversion.e2e.matrix;

import java.util.Locale;

/** What is applied before what. */
enum Order {
  /** The workloads, and when they are held the SchemaVersion. */
  WORKLOAD_FIRST,
  /** The SchemaVersion, and when the database is proven the workloads. */
  RESOURCE_FIRST,
  /** Everything in one go. */
  TOGETHER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
