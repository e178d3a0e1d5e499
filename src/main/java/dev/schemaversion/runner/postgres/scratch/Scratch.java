package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.engine.SanitizedMessages;
import dev.schemaversion.runner.postgres.clone.SchemaClone;
import dev.schemaversion.runner.scratch.ScratchLacks;
import dev.schemaversion.runner.scratch.ScratchMajorMismatch;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The scratch server: a PostgreSQL that nobody else knows, on which databases like the real one are
 * made and thrown away. Its superuser is renamed at the first {@link #connect}, so that {@code
 * postgres} can be there what it is on the real server, but never superuser.
 *
 * <p>Roles belong to a server and not to a database: those that the migrations of one workspace
 * have made are there until the last open workspace is closed. So replays follow one another, each
 * with its workspace closed before the next is prepared; a second workspace beside an open one is
 * only for what creates no role that the other one creates.
 *
 * <p>Not for several threads.
 */
public final class Scratch {
  private final Sessions sessions;
  private final int major;
  private final List<PostgreSqlScratchDatabase> open = new ArrayList<>();

  private Scratch(Sessions sessions, int major) {
    this.sessions = sessions;
    this.major = major;
  }

  /**
   * Waits until the server answers, which begins with creating its files.
   *
   * @throws ScratchUnavailable if it does not in time
   */
  static Scratch connect(RunRequest.Scratch address, Duration patience) {
    var sessions = new Sessions(address);
    new ScratchRoleSetup(sessions).await(patience);
    try (var own = sessions.plain(Sessions.SUPERUSER)) {
      return new Scratch(sessions, RealDatabaseReader.major(own));
    } catch (SQLException e) {
      throw ScratchUnavailable.died(e);
    }
  }

  /** The server's major version. */
  int major() {
    return major;
  }

  /**
   * A database as the real one was before its first migration: with its locale, settings, roles,
   * and what of schemas and extensions no migration can have made, but no tables.
   *
   * @param name what it is called; migrations may mention the real one's name
   * @param real a session of the migrating user
   * @param role the role that is taken on after login, or null
   * @param made roles that the migrations create themselves
   * @throws SQLException if the real server failed
   * @throws ScratchUnavailable if the scratch server died
   * @throws ScratchMajorMismatch if it is of another major version
   * @throws ScratchLacks if it lacks a locale or an extension
   */
  PostgreSqlScratchDatabase prepare(String name, Connection real, String role, Set<String> made)
      throws SQLException {
    return prepare(name, read(real, role).without(made), true);
  }

  /**
   * A database to restore a {@link SchemaClone} into, which brings schemas and extensions with it.
   *
   * @see #prepare
   */
  public PostgreSqlScratchDatabase prepareEmpty(String name, Connection real, String role)
      throws SQLException {
    return prepare(name, read(real, role), false);
  }

  private RealDatabase read(Connection connection, String role) throws SQLException {
    var realMajor = RealDatabaseReader.major(connection);
    if (realMajor != major) {
      throw new ScratchMajorMismatch(Integer.toString(realMajor), Integer.toString(major));
    }
    return RealDatabaseReader.read(connection, role);
  }

  private PostgreSqlScratchDatabase prepare(String name, RealDatabase real, boolean furnished) {
    if (open.stream().anyMatch(other -> other.name().equals(name))) {
      throw new IllegalStateException("The workspace “" + name + "” is still open");
    }
    var workspace = new PostgreSqlScratchDatabase(sessions, name, real, this::closed);
    try {
      try (var own = sessions.plain(Sessions.SUPERUSER)) {
        if (open.isEmpty()) {
          ScratchCleanup.all(own);
        }
        server(own, real);
        database(own, name, real);
      }
      try (var inside = sessions.plain(name)) {
        inside(inside, real, furnished);
      }
      open.add(workspace);
      return workspace;
    } catch (SQLException e) {
      if (ScratchUnavailable.isBehind(e)) {
        throw ScratchUnavailable.died(e);
      }
      throw new ScratchLacks(
          "The scratch server cannot be made like the real one: " + SanitizedMessages.of(e) + ".",
          e);
    }
  }

  /** What belongs to the whole server. */
  private static void server(Connection own, RealDatabase real) throws SQLException {
    Extensions.on(own, real).failIfOneIsMissing();
    var existing = new HashSet<>(Rows.names(own, "SELECT rolname FROM pg_roles"));
    executeAll(own, RoleStatements.of(real, existing));
    if (!real.tablespaces().isEmpty()) {
      var there = Rows.names(own, "SELECT spcname FROM pg_tablespace");
      Sessions.execute(own, "SET allow_in_place_tablespaces = on");
      for (var tablespace : real.tablespaces()) {
        if (!there.contains(tablespace.name())) {
          Sessions.execute(own, DatabaseStatements.tablespace(tablespace));
        }
      }
      executeAll(own, new DatabaseStatements(real).tablespaceRights());
    }
  }

  private static void database(Connection own, String name, RealDatabase real) throws SQLException {
    var statements = new DatabaseStatements(real);
    try {
      Sessions.execute(own, statements.create(name));
    } catch (SQLException e) {
      if (ScratchUnavailable.isBehind(e)) {
        throw e;
      }
      throw new ScratchLacks(
          "The scratch server cannot create a database with the real one's locale ("
              + statements.locale()
              + "): "
              + SanitizedMessages.of(e)
              + ". Set spec.proof.scratch.image to an image that has it.",
          e);
    }
    executeAll(own, statements.rights(name));
    for (var setting : real.settings()) {
      try {
        Sessions.execute(own, Settings.statement(setting, name));
      } catch (SQLException e) {
        // such as the locale of its messages; what matters shows in the comparison
        if (ScratchUnavailable.isBehind(e)) {
          throw e;
        }
      }
    }
  }

  private static void inside(Connection inside, RealDatabase real, boolean furnished)
      throws SQLException {
    var statements = new DatabaseStatements(real);
    var extensions = Extensions.on(inside, real);
    if (furnished) {
      executeAll(inside, statements.schemas());
      extensions.create(inside);
    } else if (real.schemas().stream().noneMatch(schema -> schema.name().equals("public"))) {
      executeAll(inside, statements.publicSchema());
    }
    extensions.own(inside);
    Extensions.confine(inside);
  }

  private static void executeAll(Connection connection, List<String> statements)
      throws SQLException {
    if (!statements.isEmpty()) {
      Sessions.execute(connection, String.join(";\n", statements));
    }
  }

  private void closed(PostgreSqlScratchDatabase workspace) {
    if (!open.remove(workspace)) {
      return;
    }
    try (var own = sessions.plain(Sessions.SUPERUSER)) {
      if (open.isEmpty()) {
        ScratchCleanup.all(own);
      } else {
        ScratchCleanup.database(own, workspace.name());
      }
    } catch (SQLException e) {
      // a dead server has nothing left to drop
      if (!ScratchUnavailable.isBehind(e)) {
        throw new IllegalStateException("What was on the scratch server cannot be dropped", e);
      }
    }
  }
}
