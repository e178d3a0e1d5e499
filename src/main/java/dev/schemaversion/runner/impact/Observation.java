package dev.schemaversion.runner.impact;

/**
 * What a statement of the rehearsal did to a table that was there before.
 *
 * @param hint what it did
 * @param table the table as it was called before the migrations
 * @param root the partitioned table that the table belongs to; the table itself if to none
 * @param lock the lock during the statement
 */
public record Observation(Hint hint, TableName table, TableName root, Lock lock) {}
