package dev.schemaversion.runner.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;

/** The database of a snapshot test, with a session of the superuser. */
public record SnapshotDatabase(Server server, Connection connection) implements AutoCloseable {
  public static SnapshotDatabase on(Server server) throws SQLException {
    return new SnapshotDatabase(server, server.fresh());
  }

  public SnapshotDatabase execute(String... statements) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
    return this;
  }

  public SnapshotDatabase script(String name) throws SQLException {
    try (var stream = SnapshotDatabase.class.getResourceAsStream(name)) {
      var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return execute(text.split(";\n(?!END)")); // the driver does not parse BEGIN ATOMIC correctly
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String name() throws SQLException {
    return connection.getCatalog();
  }

  public Snapshot snapshot() throws SQLException {
    return snapshot(Scope.of("public"));
  }

  public Snapshot snapshot(Scope scope) throws SQLException {
    return new SnapshotReader(connection, scope).read();
  }

  /** Ends the session, and drops the database. */
  @Override
  public void close() throws SQLException {
    var name = name();
    connection.close();
    server.drop(name);
  }
}
