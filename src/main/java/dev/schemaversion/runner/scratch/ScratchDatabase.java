package dev.schemaversion.runner.scratch;

import java.sql.Connection;
import javax.sql.DataSource;

/** A database on the scratch server. It is dropped in the end, whoever is connected. */
public interface ScratchDatabase extends AutoCloseable {
  /** Sessions like those of the migrating user in the real database. */
  DataSource migrating();

  /** A session that may look at everything; it is the caller's to close. */
  Connection admin();

  @Override
  void close();
}
