package dev.schemaversion.runner.proof;

import java.util.List;
import java.util.Optional;

/** A migration that has not run on the database and will run in a sync. */
public interface PendingMigration {
  /** The name that users know it by, such as the script's file name. */
  String name();

  /**
   * Its version, as {@link MigrationTool#canonical} spells it; empty for a script without a
   * version.
   */
  Optional<String> version();

  /** Identifies the content; null if the tool has none. */
  String checksum();

  /** Its SQL statements without the comments before them. */
  List<String> statements();

  /**
   * Refuses a migration that cannot be parsed, or that has a statement which the engine does not
   * allow.
   *
   * @throws dev.schemaversion.runner.engine.RunFailure naming the file and the line
   */
  void inspect();
}
