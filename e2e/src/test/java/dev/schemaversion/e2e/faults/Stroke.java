package dev.schemaversion.e2e.faults;

/** Something that goes wrong, and what puts it right again. */
interface Stroke {
  /** It happens while the work stands at a step. */
  void strike();

  /** It is over; the work has been let go meanwhile. Nothing to do where it was over at once. */
  default void heal() {}
}
