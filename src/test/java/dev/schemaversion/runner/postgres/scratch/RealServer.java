package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.postgres.Quoted;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A server in the role of the real one. */
public final class RealServer {
  public static final String PASSWORD = "correct horse battery staple";

  private final EmbeddedPostgres server;
  private final AtomicInteger count = new AtomicInteger();

  RealServer(EmbeddedPostgres server) {
    this.server = server;
  }

  int port() {
    return server.getPort();
  }

  /** The certificate of the server, for {@code localhost}. */
  public Path certificate() throws SQLException {
    try (var connection = connect("postgres", "postgres")) {
      var folder = Rows.names(connection, "SHOW data_directory").getFirst();
      return new File(folder, "server.crt").toPath();
    }
  }

  Connection connect(String database, String user) throws SQLException {
    var encoded = URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + port() + "/" + encoded + "?sslmode=disable",
        user,
        PASSWORD);
  }

  /** Creates a new database with its own owner. */
  public RealTestDatabase fresh() throws SQLException {
    return fresh("app" + count.incrementAndGet(), "");
  }

  public RealTestDatabase fresh(String name, String options) throws SQLException {
    var owner = "owner of " + name;
    var database = new RealTestDatabase(this, name, owner);
    try (var connection = connect("postgres", "postgres")) {
      for (var sql :
          List.of(
              "CREATE ROLE " + Quoted.name(owner) + " LOGIN PASSWORD '" + PASSWORD + "'",
              "CREATE DATABASE "
                  + Quoted.name(name)
                  + " OWNER "
                  + Quoted.name(owner)
                  + " "
                  + options)) {
        Sessions.execute(connection, sql);
      }
    }
    return database;
  }
}
