package dev.schemaversion.runner.proof;

import dev.schemaversion.runner.snapshot.Snapshot;
import java.util.List;

/**
 * What a sync does first where an earlier one was interrupted, found out without doing it.
 *
 * @param history the history as the sync will leave it
 * @param schema the schema as the sync will leave it; null if it was done and not read again
 * @param actions what it does, one sentence each; empty where no sync was interrupted
 */
public record Settlement(History history, Snapshot schema, List<String> actions) {}
