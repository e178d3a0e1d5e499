package dev.schemaversion.runner.proof;

import dev.schemaversion.runner.scratch.ScratchDatabase;
import dev.schemaversion.runner.snapshot.BuiltSchema;
import dev.schemaversion.runner.snapshot.LeftOut;
import dev.schemaversion.runner.snapshot.Outside;
import dev.schemaversion.runner.snapshot.Snapshot;

/**
 * A version that was built and is kept on the scratch server until it is closed.
 *
 * @param database the scratch database
 * @param reader reads what is built, also after further statements
 * @param schema what was built
 * @param leftOut see {@link Replay#leftOut}
 */
public record Standing(
    ScratchDatabase database, BuiltSchema reader, Snapshot schema, LeftOut leftOut)
    implements AutoCloseable {
  /** What was built outside the schemas. */
  Outside outside() {
    return schema.header().outside();
  }

  /** Drops the scratch database and ends the sessions on it. */
  @Override
  public void close() {
    database.close();
  }
}
