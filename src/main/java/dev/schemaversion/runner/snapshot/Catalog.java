package dev.schemaversion.runner.snapshot;

import dev.schemaversion.runner.snapshot.mariadb.MariaDbCatalog;
import dev.schemaversion.runner.snapshot.postgres.PostgresCatalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Reads the catalog of one engine over a dedicated connection. */
public interface Catalog {
  String POSTGRESQL = "PostgreSQL";

  /** Creates the catalog for the server of this connection. */
  static Catalog of(Connection connection, Scope scope) throws SQLException {
    var engine = connection.getMetaData().getDatabaseProductName();
    return switch (engine) {
      case POSTGRESQL -> new PostgresCatalog(connection, scope);
      case "MariaDB", "MySQL" -> new MariaDbCatalog(connection);
      default -> throw new IllegalArgumentException("unsupported engine: " + engine);
    };
  }

  /** Prepares the session for reading. */
  void begin(Duration lockTimeout) throws SQLException;

  /** Reads the objects that count, as sorted lines that can be compared. */
  List<Line> lines() throws SQLException, InconsistentRead;

  /**
   * Reads the notes that are reported but do not count, sorted. Objects dropped meanwhile are
   * skipped.
   */
  List<String> notes() throws SQLException, InconsistentRead;

  /**
   * A schema outside the scope.
   *
   * @param name its name
   * @param quoted the name as SQL
   * @param holdsExtension whether an extension was created in it, which may have created it too
   */
  record OtherSchema(String name, String quoted, boolean holdsExtension) {}

  /** Lists the schemas outside the scope, without those of the server and of extensions. */
  List<OtherSchema> otherSchemas() throws SQLException, InconsistentRead;

  /**
   * Finds out which witnesses certainly still are what they were. The object must be there, and
   * {@link #lines} would have a line for it, or must not be there, as the witness says. Reads
   * nothing but these objects, and needs no {@link #begin}; no other session may change the schema
   * meanwhile.
   *
   * @return those that are confirmed, of which there may be fewer than could be
   */
  Set<Witness> confirmed(List<Witness> witnesses) throws SQLException;

  /**
   * Reads the settings of the database that change what migrations build or what programs get, as
   * lines of {@link Kind#SETTING}, sorted. A scratch database takes them over from the real one, so
   * they are equal in both; only an earlier reading shows a change.
   *
   * @param login the user whose own settings in the database count
   */
  List<Line> settings(String login) throws SQLException, InconsistentRead;

  /** Restores the settings of the session. */
  void end() throws SQLException;
}
