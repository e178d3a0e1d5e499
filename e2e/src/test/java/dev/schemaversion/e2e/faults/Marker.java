package dev.schemaversion.e2e.faults;

import java.util.Locale;

/** What a migration waits for when it is to stand. */
enum Marker {
  /** The second migration, on the scratch server. */
  PROOF,
  /** The second migration, on the database itself, with its statements run and not committed. */
  SECOND,
  /** The third and last, in the same way. */
  THIRD;

  /** Its name in the database. */
  String inDatabase() {
    return "go_" + name().toLowerCase(Locale.ROOT);
  }
}
