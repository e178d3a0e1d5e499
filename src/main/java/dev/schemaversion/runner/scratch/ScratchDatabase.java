package dev.schemaversion.runner.scratch;

import java.sql.Connection;
import javax.sql.DataSource;

/**
 * A database on the scratch server. Closing it drops the database, even if other sessions are
 * connected.
 */
public interface ScratchDatabase extends AutoCloseable {
  /** Returns a source of sessions like those of the migrating user in the real database. */
  DataSource migrating();

  /** Opens a session that can read everything; the caller closes it. */
  Connection admin();

  @Override
  void close();
}
