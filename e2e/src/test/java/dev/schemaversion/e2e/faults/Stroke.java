package dev.schemaversion.e2e.faults;

/** Injects a fault, and repairs it. */
interface Stroke {
  /** Injects the fault while the work is stopped at a step. */
  void strike();

  /** Repairs the fault after the work was resumed. Does nothing for a fault without duration. */
  default void heal() {}
}
