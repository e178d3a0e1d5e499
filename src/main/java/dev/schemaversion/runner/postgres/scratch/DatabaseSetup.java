package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.engine.SanitizedMessages;
import dev.schemaversion.runner.postgres.Quoted;
import dev.schemaversion.runner.scratch.ScratchLacks;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;

/** Sets a database on the scratch server up like the real one. */
final class DatabaseSetup {
  private final RealDatabase real;
  private final RequestedScratch permitted;
  private final DatabaseStatements statements;

  /**
   * A setup of one database.
   *
   * @param permitted what the migrating user may do there
   */
  DatabaseSetup(RealDatabase real, RequestedScratch permitted) {
    this.real = real;
    this.permitted = permitted;
    this.statements = new DatabaseStatements(real);
  }

  /** Creates the server-wide objects: roles and tablespaces. */
  void prepareServer(Connection own) throws SQLException {
    Extensions.on(own, real).failIfOneIsMissing();
    var existing = new HashSet<>(Rows.names(own, "SELECT rolname FROM pg_roles"));
    executeAll(own, RoleStatements.of(real, existing, permitted.permitsSuperuser()));
    if (permitted.password() != null && real.role(real.user().login()).isPresent()) {
      Sessions.execute(
          own,
          "ALTER ROLE "
              + Quoted.name(real.user().login())
              + new Sessions(permitted).withPassword());
    }
    if (!real.tablespaces().isEmpty()) {
      var existingSpaces = Rows.names(own, "SELECT spcname FROM pg_tablespace");
      Sessions.execute(own, "SET allow_in_place_tablespaces = on");
      for (var tablespace : real.tablespaces()) {
        if (!existingSpaces.contains(tablespace.name())) {
          Sessions.execute(own, DatabaseStatements.tablespace(tablespace));
        }
      }
      executeAll(own, statements.tablespaceRights());
    }
  }

  /** Creates the database with the locale, the rights and the settings of the real one. */
  void createDatabase(Connection own, String name) throws SQLException {
    try {
      Sessions.execute(own, statements.create(name));
    } catch (SQLException e) {
      if (ScratchUnavailable.isCauseOf(e)) {
        throw e;
      }
      throw new ScratchLacks(
          "The scratch server cannot create a database with the locale of the real one ("
              + statements.locale()
              + "): "
              + SanitizedMessages.of(e)
              + ". Set spec.proof.scratch.image to an image that includes this locale.",
          e);
    }
    executeAll(own, statements.rights(name));
    for (var setting : real.settings()) {
      try {
        Sessions.execute(own, Settings.statement(setting, name));
      } catch (SQLException e) {
        // not fatal, such as a missing message locale; relevant effects appear in the comparison
        if (ScratchUnavailable.isCauseOf(e)) {
          throw e;
        }
      }
    }
  }

  /**
   * Prepares the content of the new database.
   *
   * @param withContent whether to create the schemas and extensions that no migration created; a
   *     dump contains them
   */
  void prepareContent(Connection inside, boolean withContent) throws SQLException {
    var extensions = Extensions.on(inside, real);
    if (withContent) {
      executeAll(inside, statements.schemas());
      extensions.create(inside);
    } else if (real.schemas().stream().noneMatch(schema -> schema.name().equals("public"))) {
      executeAll(inside, statements.publicSchema());
    }
    extensions.setOwners(inside);
    Extensions.confine(inside);
    executeAll(inside, PermittedExtensions.statements(real, permitted));
  }

  private static void executeAll(Connection connection, List<String> statements)
      throws SQLException {
    if (!statements.isEmpty()) {
      Sessions.execute(connection, String.join(";\n", statements));
    }
  }
}
