package dev.schemaversion.runner.proof;

import dev.schemaversion.runner.scratch.ScratchDatabase;
import dev.schemaversion.runner.snapshot.LeftOut;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.postgres.RoundTrip;

/**
 * A version that was built and is kept on the scratch server until it is closed.
 *
 * @param database the scratch database
 * @param schema what was built
 * @param trip settles comparisons with it
 * @param leftOut see {@link Replay#leftOut}
 */
public record Standing(ScratchDatabase database, Snapshot schema, RoundTrip trip, LeftOut leftOut)
    implements AutoCloseable {
  /** Drops the scratch database and ends the sessions on it. */
  @Override
  public void close() {
    database.close();
  }
}
