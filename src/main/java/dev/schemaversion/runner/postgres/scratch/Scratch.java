package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.runner.engine.SanitizedMessages;
import dev.schemaversion.runner.postgres.clone.SchemaClone;
import dev.schemaversion.runner.scratch.ScratchLacks;
import dev.schemaversion.runner.scratch.ScratchMajorMismatch;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A private PostgreSQL server that holds temporary databases like the real one. The first {@link
 * #connect} renames its superuser, so that {@code postgres} has the same rights as on the real
 * server but is no superuser, unless the request permits that.
 *
 * <p>Roles belong to the server and not to a database: roles that the migrations of one workspace
 * create exist until the last open workspace is closed. Therefore replays run one after another,
 * and each closes its workspace before the next one is prepared. A second workspace beside an open
 * one must not create the same roles.
 *
 * <p>Not thread-safe.
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
   * Waits until the server answers. A new server creates its files first.
   *
   * @throws ScratchUnavailable if the server does not answer before the timeout
   */
  static Scratch connect(RequestedScratch address, Duration timeout) {
    var sessions = new Sessions(address);
    new ScratchRoleSetup(sessions).await(timeout);
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
   * Creates a database like the real one before its first migration: with its locale, settings and
   * roles, and with the schemas and extensions that migrations cannot have created, but without
   * tables.
   *
   * @param name the name of the database, that of the real one because migrations may mention it
   * @param real a session of the migrating user
   * @param role the role that is set after login, or null
   * @param created the roles that the migrations create themselves
   * @throws SQLException if the real server fails
   * @throws ScratchUnavailable if the scratch server stopped
   * @throws ScratchMajorMismatch if the scratch server has another major version
   * @throws ScratchLacks if the scratch server lacks a locale or an extension
   */
  PostgreSqlScratchDatabase prepare(String name, Connection real, String role, Set<String> created)
      throws SQLException {
    return prepare(name, real, role, created, Set.of());
  }

  /**
   * Creates a database like the real one before its first migration.
   *
   * @param extensions the extensions that the migrations create themselves although they need a
   *     superuser
   * @see #prepare(String, Connection, String, Set)
   */
  PostgreSqlScratchDatabase prepare(
      String name, Connection real, String role, Set<String> created, Set<String> extensions)
      throws SQLException {
    var like = read(real, role).without(created).withoutExtensions(extensions);
    return prepare(name, like, true);
  }

  /**
   * Creates a database that a {@link SchemaClone} is restored into, which contains the schemas and
   * extensions.
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

  private PostgreSqlScratchDatabase prepare(String name, RealDatabase real, boolean withContent) {
    if (open.stream().anyMatch(other -> other.name().equals(name))) {
      throw new IllegalStateException("The workspace “" + name + "” is still open");
    }
    var workspace = new PostgreSqlScratchDatabase(sessions, name, real, this::closed);
    var setup = new DatabaseSetup(real, sessions.address());
    try {
      try (var own = sessions.plain(Sessions.SUPERUSER)) {
        if (open.isEmpty()) {
          ScratchCleanup.all(own);
        }
        setup.prepareServer(own);
        setup.createDatabase(own, name);
      }
      try (var inside = sessions.plain(name)) {
        setup.prepareContent(inside, withContent);
      }
      open.add(workspace);
      return workspace;
    } catch (SQLException e) {
      if (ScratchUnavailable.isCauseOf(e)) {
        throw ScratchUnavailable.died(e);
      }
      throw new ScratchLacks(
          "The scratch server cannot be set up like the database server: "
              + SanitizedMessages.of(e)
              + ". Set spec.proof.scratch.image to an image that has what is missing.",
          e);
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
      // a stopped server has nothing left to drop
      if (!ScratchUnavailable.isCauseOf(e)) {
        throw new IllegalStateException("The databases on the scratch server cannot be dropped", e);
      }
    }
  }
}
