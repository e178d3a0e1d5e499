package dev.schemaversion.e2e.matrix;

import java.util.Locale;

/** What becomes of the operator meanwhile. */
enum OperatorIs {
  /** It runs. */
  UP,
  /** It is scaled to zero while everything is applied, and comes back afterwards. */
  DOWN,
  /** It is killed while the sync runs, or before the workloads come. */
  KILLED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
