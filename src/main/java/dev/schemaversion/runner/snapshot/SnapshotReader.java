package dev.schemaversion.runner.snapshot;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Takes snapshots over a connection of its own: a fresh one, which caches nothing, or one that
 * nobody else uses meanwhile. Nothing is written.
 */
public final class SnapshotReader {
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);

  private final Connection connection;
  private final Scope scope;
  private final Catalog catalog;
  private final Header header;
  private final Duration lockTimeout;

  /** Asks for the server's version, and nothing else yet. */
  public SnapshotReader(Connection connection, Scope scope) throws SQLException {
    this(connection, scope, LOCK_TIMEOUT);
  }

  SnapshotReader(Connection connection, Scope scope, Duration lockTimeout) throws SQLException {
    this.connection = connection;
    this.scope = scope;
    this.catalog = Catalog.of(connection, scope);
    this.header = Header.of(connection.getMetaData(), scope);
    this.lockTimeout = lockTimeout;
  }

  /**
   * A snapshot of a database that others may be changing: what two readings in a row agree on.
   *
   * @throws SchemaBusy if none of five did
   * @throws CannotReadCatalog if a right is missing
   */
  public Snapshot read() throws SQLException {
    var lines = StableRead.of(() -> inSession(catalog::lines));
    return Snapshot.of(header, lines, scope.ignore());
  }

  /**
   * A snapshot of a database that nobody else knows, such as the one on the scratch server: half
   * the work, one reading.
   *
   * @throws SchemaBusy if somebody changes it all the same, as far as that shows
   * @throws CannotReadCatalog if a right is missing
   */
  public Snapshot readAlone() throws SQLException {
    try {
      return Snapshot.of(header, inSession(catalog::lines), scope.ignore());
    } catch (InconsistentRead e) {
      throw new SchemaBusy("Others change the schema: " + e.getMessage() + ".", e);
    }
  }

  /**
   * What is worth telling but does not count: owners, grants, comments, storage options, column
   * order, versions of extensions, what is outside the schemas. One line each, sorted.
   *
   * @throws SchemaBusy if it could not be read five times
   * @throws CannotReadCatalog if a right is missing
   */
  public List<String> notes() throws SQLException {
    return StableRead.of(() -> inSession(catalog::notes));
  }

  private <T> T inSession(StableRead.Reading<T> reading) throws SQLException, InconsistentRead {
    if (!connection.getAutoCommit()) {
      throw new IllegalStateException("a snapshot needs a connection without a transaction");
    }
    try {
      catalog.begin(lockTimeout);
      return reading.read();
    } finally {
      catalog.end();
    }
  }
}
