package dev.schemaversion.runner.scratch;

import dev.schemaversion.runner.engine.Login;
import java.sql.Connection;
import javax.sql.DataSource;

/**
 * A database on the scratch server. Closing it drops the database, even if other sessions are
 * connected.
 */
public interface ScratchDatabase extends AutoCloseable {
  /** Returns a source of sessions like those of the migrating user in the real database. */
  DataSource migrating();

  /** Returns how a program beside the runner connects as the migrating user. */
  Login login();

  /** Opens a session that can read everything; the caller closes it. */
  Connection admin();

  @Override
  void close();
}
