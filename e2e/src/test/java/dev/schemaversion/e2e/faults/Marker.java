package dev.schemaversion.e2e.faults;

import java.util.Locale;

/** The object that a migration waits for, to stop at a step. */
enum Marker {
  /** The second migration, on the scratch server. */
  PROOF,
  /** The second migration, on the database itself, with its statements run and not committed. */
  SECOND,
  /** The third and last, in the same way. */
  THIRD,
  /** The callback after the migrations, on the database itself. */
  CALLBACK;

  /** Its name in the database. */
  String inDatabase() {
    return "go_" + name().toLowerCase(Locale.ROOT);
  }
}
