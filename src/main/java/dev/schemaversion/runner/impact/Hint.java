package dev.schemaversion.runner.impact;

/** What a statement does to a table that was there before, and what to do instead. */
public enum Hint {
  /** All rows are written anew. */
  REWRITE(
      Work.ROWS,
      "rewrites {table} under {lock}; {waits}",
      "add a new column or table, fill it in batches in later scripts, then switch to it"),
  /** All rows are read for a new constraint. */
  CONSTRAINT_SCAN(
      Work.ROWS,
      "scans {table} for a constraint under {lock}; {waits}",
      "add the constraint as NOT VALID, and validate it in a later script"),
  /** All rows are read for NOT NULL. */
  NOT_NULL_SCAN(
      Work.ROWS,
      "scans {table} for NULLs under {lock}; {waits}",
      "add CHECK (column IS NOT NULL) as NOT VALID, validate it in a later script, and set NOT NULL"
          + " after that, which then scans nothing"),
  /** All rows are read because a table becomes a partition. */
  PARTITION_SCAN(
      Work.ROWS,
      "scans {table} for the bounds of a partition under {lock}; {waits}",
      "add a CHECK constraint with these bounds as NOT VALID, and validate it in a script before"),
  /** An index is built while writes wait. */
  INDEX(
      Work.ROWS,
      "builds an index on {table} under {lock}; {waits}",
      "create the index CONCURRENTLY, in a script of its own, which runs without a transaction"),
  /** A unique or primary key builds its index. */
  KEY_INDEX(
      Work.ROWS,
      "builds the index of a key on {table} under {lock}; {waits}",
      "create a unique index CONCURRENTLY in a script of its own, and add the key with USING INDEX"
          + " in a later one"),
  /** An exclusion constraint builds its index. */
  EXCLUSION_INDEX(
      Work.ROWS,
      "builds the index of an exclusion constraint on {table} under {lock}; {waits}",
      "there is no way without this lock: run it when programs may wait"),
  /** One script does the same work on a table several times. */
  REPEATED(
      Work.ROWS,
      "reads or rewrites {table} in more than one statement under {lock}; {waits}",
      "put these changes into one ALTER TABLE"),
  /** Later statements work on rows under the lock of an earlier one. */
  LOCK_HELD(
      Work.ROWS,
      "keeps {lock} on {table} while later statements read or write rows; {waits}",
      "put the later statements into a script of their own"),
  /** A script waits for its lock for as long as it takes. */
  NO_LOCK_TIMEOUT(
      Work.WAIT,
      "waits without limit for {lock} on {table}, because it sets lock_timeout to 0; all later"
          + " queries wait behind it",
      "leave lock_timeout as spec.job.limits.lockWait sets it"),
  /** A further lock is waited for under the lock of an earlier statement. */
  LOCKS_TOGETHER(
      Work.LOCK,
      "keeps {lock} on {table} while it waits for a lock on another table",
      "change one table in each script"),
  /** Only the lock itself. */
  SHORT_LOCK(
      Work.LOCK,
      "takes {lock} on {table}: a short lock, but it waits for running queries, and later ones wait"
          + " behind it",
      "nothing, unless queries run for long; spec.job.limits.lockWait limits the wait"),
  /** MariaDB or MySQL copies the table. */
  COPY(
      Work.ROWS,
      "rewrites {table} with {lock}; {waits}",
      "look for a form of the change that the server does in place, or run it when programs may"
          + " wait"),
  /** MariaDB or MySQL rebuilds the table in place. */
  REBUILD(
      Work.ROWS,
      "rewrites {table} with {lock}; {waits}",
      "run it when the server has the time and the disk space; replicas do the same afterwards"),
  /** MariaDB or MySQL builds an index, or does other work in place without rewriting rows. */
  IN_PLACE(
      Work.ROWS,
      "changes {table} without rewriting it, with {lock}; {waits}",
      "run it when the server has the time; replicas do the same afterwards"),
  /** MariaDB or MySQL changes only metadata. */
  INSTANT(
      Work.LOCK,
      "changes only metadata of {table} ({lock}): a short lock, but it waits for open transactions,"
          + " and later queries wait behind it",
      "nothing, unless transactions stay open for long; spec.job.limits.lockWait limits the wait"),
  /** It could not be found out how MariaDB or MySQL does it. */
  UNKNOWN(
      Work.ROWS,
      "changes {table} with an {lock}; {waits}",
      "try the statement with ALGORITHM=INPLACE, LOCK=NONE on a copy of the table"),
  /** The same, and the table was rewritten. */
  UNKNOWN_REWRITE(
      Work.ROWS,
      "rewrites {table} with an {lock}; {waits}",
      "try the statement with ALGORITHM=INPLACE, LOCK=NONE on a copy of the table");

  /** How long others may wait. */
  enum Work {
    /** As long as it takes to read or write rows. */
    ROWS,
    /** Without limit. */
    WAIT,
    /** As long as the lock wait is limited to. */
    LOCK
  }

  private final Work work;
  private final String template;
  private final String instead;

  Hint(Work work, String template, String instead) {
    this.work = work;
    this.template = template;
    this.instead = instead;
  }

  Work work() {
    return work;
  }

  /** Whether all rows are written anew. */
  boolean rewrites() {
    return switch (this) {
      case REWRITE, COPY, REBUILD, UNKNOWN_REWRITE -> true;
      default -> false;
    };
  }

  /** Whether the statement itself reads or writes all rows. */
  public boolean readsRows() {
    return work == Work.ROWS && this != LOCK_HELD && this != REPEATED;
  }

  /** What to do instead, without a final full stop. */
  String instead() {
    return instead;
  }

  String describe(String table, Lock lock) {
    return template
        .replace("{table}", table)
        .replace("{lock}", lock.label())
        .replace("{waits}", lock.blocks().words());
  }
}
