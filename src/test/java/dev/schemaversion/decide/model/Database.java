package dev.schemaversion.decide.model;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * A database with two migrations, and how often each of them has begun to run on it.
 *
 * @param transactional whether script and history row are committed together; else the script has
 *     two statements, each there as soon as it was run, and then comes the row
 * @param version what its history says
 * @param part how far the next script is: 0 for not begun, 1 and 2 for its statements
 * @param first how often the first script has begun
 * @param second how often the second script has begun
 */
@RecordBuilder
record Database(boolean transactional, int version, int part, int first, int second)
    implements DatabaseBuilder.With {
  private static final int STATEMENTS = 2;

  static Database empty(boolean transactional) {
    return new Database(transactional, 0, 0, 0, 0);
  }

  /** One with a history that somebody else has begun. */
  static Database atOne(boolean transactional) {
    return new Database(transactional, 1, 0, 0, 0);
  }

  /** Whether it is between two versions. */
  boolean between() {
    return part > 0;
  }

  /** The lowest version whose schema it may not have any more once a script has begun. */
  int highest() {
    return between() ? version + 1 : version;
  }

  /**
   * The next thing that becomes visible: a whole script, a statement, or a row in the history.
   *
   * @param run how many statements of the script whoever migrates has run
   */
  Database migrated(int run) {
    if (run == 0) {
      return transactional ? begun().whole() : begun().further();
    }
    return run == STATEMENTS ? whole() : further();
  }

  /** How many statements have been run by whoever migrates when the next thing is visible. */
  int run(int before) {
    return transactional || before == STATEMENTS ? 0 : before + 1;
  }

  /** A person has undone what a script had done before it died. */
  Database mended() {
    return with()
        .part(0)
        .first(version == 0 ? first - 1 : first)
        .second(version == 1 ? second - 1 : second)
        .build();
  }

  private Database begun() {
    return with()
        .part(0)
        .first(version == 0 ? first + 1 : first)
        .second(version == 1 ? second + 1 : second)
        .build();
  }

  private Database further() {
    return withPart(Math.min(part + 1, STATEMENTS));
  }

  private Database whole() {
    return with().version(version + 1).part(0).build();
  }

  @Override
  public String toString() {
    return "the database is at " + version + (between() ? " and " + part + " statements" : "");
  }
}
