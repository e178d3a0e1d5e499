package dev.schemaversion.runner.snapshot;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Takes snapshots over a dedicated connection: a fresh one, which caches nothing, or one that no
 * other code uses meanwhile. The reader writes nothing.
 */
public final class SnapshotReader {
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);

  private final Connection connection;
  private final Scope scope;
  private final Catalog catalog;
  private final Header header;
  private final Duration lockTimeout;

  /** Creates a reader; this only queries the server's version. */
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
   * Takes a snapshot of a database that other sessions may change: reads until two consecutive
   * readings are equal.
   *
   * @throws SchemaBusy if no two of five consecutive readings are equal
   * @throws CannotReadCatalog if a right is missing
   */
  public Snapshot read() throws SQLException {
    var lines = StableRead.of(() -> inSession(catalog::lines));
    return Snapshot.of(header, lines, scope.ignore());
  }

  /**
   * Takes a snapshot of a database that no other session uses, such as the one on the scratch
   * server. One reading suffices.
   *
   * @throws SchemaBusy if another session changes the schema nevertheless and the reading detects
   *     that
   * @throws CannotReadCatalog if a right is missing
   */
  public Snapshot readAlone() throws SQLException {
    return Snapshot.of(header, alone(catalog::lines), scope.ignore());
  }

  /**
   * Reads the properties that are reported but do not count: comments, storage options, column
   * order, versions of extensions, objects outside the schemas. One line each, sorted.
   *
   * @throws SchemaBusy if no two of five consecutive readings are equal
   * @throws CannotReadCatalog if a right is missing
   */
  public List<String> notes() throws SQLException {
    return StableRead.of(() -> inSession(catalog::notes));
  }

  /**
   * Reads the settings of the database, see {@link Catalog#settings}.
   *
   * @throws SchemaBusy if no two of five consecutive readings are equal
   * @throws CannotReadCatalog if a right is missing
   */
  public List<Line> settings(String login) throws SQLException {
    return StableRead.of(() -> inSession(() -> catalog.settings(login)));
  }

  /**
   * Lists the schemas outside the scope of a database that no other session uses, see {@link
   * Catalog#otherSchemas}.
   */
  List<Catalog.OtherSchema> otherSchemas() throws SQLException {
    return alone(catalog::otherSchemas);
  }

  private <T> T alone(StableRead.Reading<T> reading) throws SQLException {
    try {
      return inSession(reading);
    } catch (InconsistentRead e) {
      throw new SchemaBusy("Another session changes the schema: " + e.getMessage() + ".", e);
    }
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
