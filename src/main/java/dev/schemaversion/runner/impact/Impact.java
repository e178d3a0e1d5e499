package dev.schemaversion.runner.impact;

import dev.schemaversion.runner.impact.Hint.Work;
import dev.schemaversion.runner.impact.Lock.Blocks;
import dev.schemaversion.runner.report.ByteSize;
import java.util.Comparator;

/**
 * What a script does to a table of the real database.
 *
 * @param script the file name
 * @param hint what it does
 * @param table the table, or the partitioned table if more than one partition is affected
 * @param lock the strongest lock meanwhile
 * @param size the size of what is affected; null if it is not known
 */
record Impact(String script, Hint hint, TableName table, Lock lock, TableSize size) {
  /** Smaller tables are worked through before anyone notices. */
  private static final long NOTICEABLE = 10L << 20;

  /** The worst first. */
  static final Comparator<Impact> WORST_FIRST =
      Comparator.comparing(Impact::isWarning)
          .thenComparing(impact -> impact.hint.work() != Work.LOCK)
          .thenComparing(impact -> impact.size == null ? 0 : impact.size.total())
          .thenComparing(impact -> impact.lock.blocks())
          .reversed();

  /** Whether others may wait so long that a person should know before. */
  boolean isWarning() {
    return switch (hint.work()) {
      case ROWS -> lock.blocks() != Blocks.NOTHING && (size == null || size.total() >= NOTICEABLE);
      case WAIT -> true;
      case LOCK -> false;
    };
  }

  /** Whether it may rewrite the table, or reads all of it while nothing else can. */
  boolean exceeds(long limit) {
    boolean counts =
        hint.rewrites()
            || hint == Hint.UNKNOWN
            || (hint.readsRows() && lock.blocks() == Blocks.EVERYTHING);
    return counts && size != null && size.total() > limit;
  }

  /** The advice without a final full stop. */
  String instead() {
    return hint.instead();
  }

  /** What is done, without the script. */
  String what() {
    return hint.describe(size == null ? table + " (size not known)" : sized(), lock);
  }

  private String sized() {
    return table
        + " ("
        + ByteSize.print(size.total())
        + (size.rows() > 0 ? ", about " + size.rows() + " rows" : "")
        + ")";
  }

  @Override
  public String toString() {
    return script + " " + what();
  }
}
