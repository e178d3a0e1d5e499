package dev.schemaversion.decide.model;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * A database with two migrations, and how often each of them has started.
 *
 * @param transactional whether a script and its history row are committed together; otherwise the
 *     script has two statements, each of which commits implicitly, and the row follows
 * @param version the version in its history
 * @param part how many statements of the next script are committed, from 0 to 2
 * @param first how often the first script has started
 * @param second how often the second script has started
 */
@RecordBuilder
record Database(boolean transactional, int version, int part, int first, int second)
    implements DatabaseBuilder.With {
  private static final int STATEMENTS = 2;

  static Database empty(boolean transactional) {
    return new Database(transactional, 0, 0, 0, 0);
  }

  /** Returns a database with an existing history at version 1. */
  static Database atOne(boolean transactional) {
    return new Database(transactional, 1, 0, 0, 0);
  }

  /** Returns whether it is between two versions. */
  boolean between() {
    return part > 0;
  }

  /** Returns the highest version that its schema may already belong to. */
  int highest() {
    return between() ? version + 1 : version;
  }

  /**
   * Returns the database after the next commit: of a whole script, a statement, or a history row.
   *
   * @param run how many statements of the script the runner has run
   */
  Database migrated(int run) {
    if (run == 0) {
      return transactional
          ? scriptStarted().scriptFinished()
          : scriptStarted().statementCommitted();
    }
    return run == STATEMENTS ? scriptFinished() : statementCommitted();
  }

  /** Returns how many statements the runner has run after the next commit. */
  int run(int before) {
    return transactional || before == STATEMENTS ? 0 : before + 1;
  }

  /** Returns the database after a user has undone a half-applied script. */
  Database repaired() {
    return with()
        .part(0)
        .first(version == 0 ? first - 1 : first)
        .second(version == 1 ? second - 1 : second)
        .build();
  }

  private Database scriptStarted() {
    return with()
        .part(0)
        .first(version == 0 ? first + 1 : first)
        .second(version == 1 ? second + 1 : second)
        .build();
  }

  private Database statementCommitted() {
    return withPart(Math.min(part + 1, STATEMENTS));
  }

  private Database scriptFinished() {
    return with().version(version + 1).part(0).build();
  }

  @Override
  public String toString() {
    return "the database is at " + version + (between() ? " and " + part + " statements" : "");
  }
}
