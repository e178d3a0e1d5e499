package dev.schemaversion.runner.snapshot;

import dev.schemaversion.testing.EmbeddedServers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The versions of PostgreSQL that snapshots are tested on; each server starts on first use. */
public enum Server {
  POSTGRES_15,
  POSTGRES_18;

  private static final Map<Server, EmbeddedPostgres> RUNNING = new ConcurrentHashMap<>();
  private static final AtomicInteger COUNT = new AtomicInteger();

  int major() {
    return this == POSTGRES_15 ? 15 : 18;
  }

  /** Opens a session of the superuser in a new empty database. */
  Connection fresh() throws SQLException {
    var name = "snapshot" + COUNT.incrementAndGet();
    try (var connection = connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return connect(name);
  }

  /**
   * Drops a database. Each one has three hundred files, and deleting all of them at the end would
   * exceed the build's timeout for the exit of the tests.
   */
  void drop(String database) throws SQLException {
    try (var connection = connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    }
  }

  /** Opens a session of the superuser. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + port() + "/" + database + "?user=postgres");
  }

  /** Opens a session of a user without a password. */
  public Connection connect(String database, String user) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + port() + "/" + database + "?user=" + user);
  }

  /** The port on localhost. */
  public int port() {
    return RUNNING.computeIfAbsent(this, Server::start).getPort();
  }

  private static EmbeddedPostgres start(Server server) {
    try {
      var builder =
          server == POSTGRES_15 ? EmbeddedServers.postgres15() : EmbeddedServers.postgres18();
      return builder.setServerConfig("max_locks_per_transaction", "256").start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
