package dev.schemaversion.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One test's database on a real server, whatever the engine, with an owner of its own. */
public interface TestDatabase {
  /** The server's port on localhost. */
  int port();

  /** Its name. */
  String name();

  /** Its owner. */
  String user();

  /** The password of the owner. */
  String password();

  /** The certificate of the server, for {@code localhost}. */
  Path certificate();

  /** A session of the server's superuser. */
  Connection connect() throws SQLException;

  /** A session of the owner. */
  Connection connectAsOwner() throws SQLException;

  /** All there is, rows included: two dumps are equal if nobody wrote. */
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

  /** The first column of a query's rows. */
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

  /** How a session begins. */
  interface Login {
    /** A new session. */
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
