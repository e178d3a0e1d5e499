package dev.schemaversion.e2e.matrix;

import java.util.Locale;

/** The state of the operator in a situation. */
enum OperatorIs {
  /** Running. */
  UP,
  /** Scaled to zero while everything is applied, and scaled up afterwards. */
  DOWN,
  /** Killed while the sync runs, or before the workloads are applied. */
  KILLED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
