package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.contract.request.RunLimits;
import dev.schemaversion.contract.request.TlsMode;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.postgres.Quoted;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A database on a real server; closing it drops the database, its owner and the roles it created.
 */
public final class RealTestDatabase implements AutoCloseable {
  private final RealServer server;
  private final String name;
  private final String owner;
  private final List<String> roles = new ArrayList<>();

  RealTestDatabase(RealServer server, String name, String owner) {
    this.server = server;
    this.name = name;
    this.owner = owner;
    roles.add(owner);
  }

  public String name() {
    return name;
  }

  public String owner() {
    return owner;
  }

  public Connection asOwner() throws SQLException {
    return server.connect(name, owner);
  }

  public Connection as(String user) throws SQLException {
    return server.connect(name, user);
  }

  /** Runs statements as superuser. */
  public RealTestDatabase admin(String... statements) throws SQLException {
    try (var connection = server.connect(name, "postgres")) {
      for (var sql : statements) {
        Sessions.execute(connection, sql);
      }
    }
    return this;
  }

  /** Runs statements as the owner. */
  public RealTestDatabase execute(String... statements) throws SQLException {
    try (var connection = asOwner()) {
      for (var sql : statements) {
        Sessions.execute(connection, sql);
      }
    }
    return this;
  }

  /** Creates a role that is dropped with the database. */
  public RealTestDatabase role(String role, String options) throws SQLException {
    roles.add(role);
    return admin("CREATE ROLE " + Quoted.name(role) + " " + options);
  }

  public Target source() {
    return source(owner, null);
  }

  public Target source(String user, String role) {
    return new Target(
        "localhost",
        server.port(),
        name,
        user,
        RealServer.PASSWORD,
        Optional.ofNullable(role),
        List.of("public"),
        TlsMode.Disable,
        null,
        Map.of(),
        RunLimits.DEFAULT,
        "clone-test");
  }

  @Override
  public void close() throws SQLException {
    try (var connection = server.connect("postgres", "postgres")) {
      ScratchCleanup.database(connection, name);
      Sessions.execute(connection, "DROP OWNED BY " + Quoted.names(roles));
      Sessions.execute(connection, "DROP ROLE " + Quoted.names(roles));
    }
  }
}
