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
 * @param finishing what runs after the versioned migrations
 */
@RecordBuilder
record Database(
    boolean transactional, int version, int part, int first, int second, Finishing finishing)
    implements DatabaseBuilder.With {
  private static final int STATEMENTS = 2;

  /** A repeatable migration, or a callback, which a sync runs when the version is reached. */
  enum Finishing {
    /** There is none. */
    NONE,
    /** It has not run, or not to its end. */
    PENDING,
    /** It is committed. */
    DONE
  }

  static Database empty(boolean transactional) {
    return new Database(transactional, 0, 0, 0, 0, Finishing.NONE);
  }

  /** Returns a database with an existing history at version 1. */
  static Database atOne(boolean transactional) {
    return new Database(transactional, 1, 0, 0, 0, Finishing.NONE);
  }

  /** Returns this database with a repeatable migration that has not run. */
  Database withRepeatable() {
    return withFinishing(Finishing.PENDING);
  }

  /** Returns whether the repeatable migration has not run. */
  boolean unfinished() {
    return finishing == Finishing.PENDING;
  }

  /** Returns whether a sync to this version has something left to do. */
  boolean pending(int target) {
    return version < target || unfinished();
  }

  /**
   * Returns the database after the next commit on the way to a version.
   *
   * @param run how many statements of the script the runner has run
   */
  Database committed(int target, int run) {
    return version < target ? migrated(run) : withFinishing(Finishing.DONE);
  }

  /** Returns whether it is between two versions. */
  boolean between() {
    return part > 0;
  }

  /** Returns the highest version that its schema may already belong to. */
  int highest() {
    return between() ? version + 1 : version;
  }

  /** Returns the database after the next commit: a whole script, a statement, or a history row. */
  private Database migrated(int run) {
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
    return "the database is at "
        + version
        + (between() ? " and " + part + " statements" : "")
        + (unfinished() ? ", without the repeatable migration" : "");
  }
}
