package dev.schemaversion.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The database of one test on a real server of any engine, with its own owner. */
public interface TestDatabase {
  /** The server's port on localhost. */
  int port();

  /** The URL for {@code DriverManager}, without a user. */
  String url();

  /** The name of the database. */
  String name();

  /** The user that owns the database. */
  String user();

  /** The password of the owner. */
  String password();

  /** The certificate of the server, for {@code localhost}. */
  Path certificate();

  /** Opens a session of the server's superuser. */
  Connection connect() throws SQLException;

  /** Opens a session of the owner. */
  Connection connectAsOwner() throws SQLException;

  /** Dumps schema and rows: two dumps are equal if no session wrote in between. */
  List<String> dump();

  /** Runs statements as superuser. */
  default TestDatabase admin(String... statements) {
    run(this::connect, statements);
    return this;
  }

  /** Runs statements as the owner. */
  default TestDatabase execute(String... statements) {
    run(this::connectAsOwner, statements);
    return this;
  }

  /** Returns the first column of a query's rows. */
  default List<String> query(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Opens sessions. */
  interface Login {
    /** Opens a new session. */
    Connection connect() throws SQLException;
  }

  /** Runs statements in one session. */
  static void run(Login login, String... statements) {
    try (var connection = login.connect();
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
