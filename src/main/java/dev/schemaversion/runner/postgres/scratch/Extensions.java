package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.engine.SanitizedMessages;
import dev.schemaversion.runner.postgres.Quoted;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Extension;
import dev.schemaversion.runner.scratch.ScratchLacks;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Creates the extensions of the real database on the scratch server. One that the server lacks is
 * left out if nothing in the schema depends on it, as on those with which people watch and maintain
 * a database.
 */
public final class Extensions {
  /** The extension that every new database contains. */
  private static final String BUILT_IN = "plpgsql";

  private final RealDatabase real;
  private final Map<String, Available> available;

  /** An extension that the scratch server can create, with the versions it has files for. */
  private record Available(String name, boolean onlySuperuser, List<String> versions) {}

  private Extensions(RealDatabase real, Map<String, Available> available) {
    this.real = real;
    this.available = available;
  }

  public static Extensions on(Connection scratch, RealDatabase real) throws SQLException {
    var available =
        Rows.of(
            scratch,
            """
            SELECT a.name, bool_or(v.superuser AND NOT v.trusted AND v.version = a.default_version),
              string_agg(v.version, chr(10))
            FROM pg_available_extensions a JOIN pg_available_extension_versions v USING (name)
            GROUP BY 1
            """,
            row ->
                new Available(
                    row.getString(1),
                    row.getBoolean(2),
                    row.getString(3) == null ? List.of() : row.getString(3).lines().toList()));
    return new Extensions(
        real, available.stream().collect(Collectors.toMap(Available::name, Function.identity())));
  }

  /** The names of the extensions that the scratch server lacks, and that nothing depends on. */
  public List<String> leftOut() {
    return missing().filter(extension -> !extension.used()).map(Extension::name).toList();
  }

  private Stream<Extension> missing() {
    return real.extensions().stream().filter(extension -> !available.containsKey(extension.name()));
  }

  /** Fails if the scratch server lacks an extension that something depends on. */
  void failIfOneIsMissing() {
    var missing =
        missing()
            .filter(Extension::used)
            .map(extension -> "“" + extension.name() + "” " + extension.version())
            .toList();
    if (!missing.isEmpty()) {
      throw new ScratchLacks(
          "The scratch server lacks the extension "
              + String.join(", ", missing)
              + ", which the database uses. Set spec.proof.scratch.image to a PostgreSQL "
              + real.major()
              + " image that includes it.");
    }
  }

  /**
   * Creates the extensions that migrations cannot create: those that require a superuser, and those
   * of another owner.
   */
  void create(Connection workspace) throws SQLException {
    for (var extension : real.extensions()) {
      var there = available.get(extension.name());
      if (there != null && (there.onlySuperuser() || !real.canBeMigrated(extension.owner()))) {
        create(workspace, extension);
      }
    }
  }

  private void create(Connection workspace, Extension extension) throws SQLException {
    if (extension.name().equals(BUILT_IN)) {
      return;
    }
    var schema =
        real.schemas().stream().filter(s -> s.name().equals(extension.schema())).findFirst();
    if (schema.isPresent()) {
      Sessions.execute(workspace, DatabaseStatements.schema(schema.get()));
    }
    try {
      Sessions.execute(
          workspace,
          "CREATE EXTENSION IF NOT EXISTS "
              + Quoted.name(extension.name())
              + (extension.schema() == null ? "" : " SCHEMA " + Quoted.name(extension.schema()))
              + version(extension)
              + " CASCADE");
    } catch (SQLException e) {
      if (ScratchUnavailable.isCauseOf(e)) {
        throw e;
      }
      throw new ScratchLacks(
          "The scratch server cannot create the extension “"
              + extension.name()
              + "” "
              + extension.version()
              + ", which the database uses: "
              + SanitizedMessages.of(e)
              + ". Set spec.proof.scratch.image to a PostgreSQL "
              + real.major()
              + " image that can create it.",
          e);
    }
  }

  private String version(Extension extension) {
    return available.get(extension.name()).versions().contains(extension.version())
        ? " VERSION " + Quoted.name(extension.version())
        : "";
  }

  /**
   * Sets the owners of the existing extensions, because owners can comment on, alter and drop them.
   * PostgreSQL has no statement for this.
   */
  public void setOwners(Connection workspace) throws SQLException {
    for (var extension : real.extensions()) {
      Sessions.execute(
          workspace,
          "UPDATE pg_catalog.pg_extension SET extowner = r.oid FROM pg_catalog.pg_roles r"
              + " WHERE extname = "
              + Quoted.text(extension.name())
              + " AND r.rolname = "
              + Quoted.text(extension.owner()));
    }
  }

  /**
   * Revokes the functions that connect to other servers with a password (dblink), because a
   * rehearsal must not write elsewhere.
   */
  public static void confine(Connection workspace) throws SQLException {
    Sessions.execute(
        workspace,
        """
        UPDATE pg_catalog.pg_proc p
        SET proacl = ARRAY[makeaclitem(p.proowner, p.proowner, 'EXECUTE', false)]
        FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
        WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
          AND d.refclassid = 'pg_catalog.pg_extension'::regclass AND e.extname = 'dblink'
        """);
  }
}
