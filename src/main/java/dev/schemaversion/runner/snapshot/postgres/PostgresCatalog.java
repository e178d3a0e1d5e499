package dev.schemaversion.runner.snapshot.postgres;

import dev.schemaversion.runner.snapshot.CannotReadCatalog;
import dev.schemaversion.runner.snapshot.Catalog;
import dev.schemaversion.runner.snapshot.InconsistentRead;
import dev.schemaversion.runner.snapshot.Kind;
import dev.schemaversion.runner.snapshot.Line;
import dev.schemaversion.runner.snapshot.Quoting;
import dev.schemaversion.runner.snapshot.Scope;
import dev.schemaversion.runner.snapshot.Witness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.postgresql.PGStatement;

/** Reads the catalog of PostgreSQL in one transaction. */
public final class PostgresCatalog implements Catalog {
  /** A setting that names the migrating role; by default it is the current one. */
  public static final String MIGRATING_ROLE = "schemaversion.migrating_role";

  private static final int FETCH = 2_000;
  private static final String LINES = resource("lines.sql");
  private static final String PUBLICATIONS = resource("publications.sql");
  private static final String NOTES = resource("notes.sql");

  /**
   * All settings that affect the output of deparse functions; they override those of database and
   * role. JIT is off, because compiling the large statement takes longer than running it. The plan
   * is generic, because planning takes longer than reading a small schema, and so happens once in a
   * session.
   */
  private static final String SETTINGS =
      """
      SET LOCAL search_path = '';
      SET LOCAL jit = off;
      SET LOCAL plan_cache_mode = force_generic_plan;
      SET LOCAL quote_all_identifiers = off;
      SET LOCAL DateStyle = 'ISO, MDY';
      SET LOCAL IntervalStyle = 'postgres';
      SET LOCAL TimeZone = 'UTC';
      SET LOCAL bytea_output = 'hex';
      SET LOCAL extra_float_digits = 1;
      SET LOCAL lc_monetary = 'C';
      """;

  private static final int HAS_PUBLICATIONS = 15; // in this form
  private static final String OTHER_SCHEMAS =
      """
      SELECT nspname, quote_ident(nspname),
        EXISTS (SELECT FROM pg_extension WHERE extnamespace = n.oid)
      FROM pg_namespace n
      WHERE nspname <> ALL (?) AND nspname !~ '^pg_' AND nspname <> 'information_schema'
        AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_namespace'::regclass
          AND objid = n.oid AND deptype = 'e')
      ORDER BY nspname
      """;

  private static final String NO_RIGHT = "42501";

  /**
   * The SQLStates of a read during which an object was dropped or locked: internal error ("cache
   * lookup failed"), undefined table, object, function, column or schema, lock timeout, deadlock.
   */
  private static final Set<String> CONCURRENT_CHANGE =
      Set.of("XX000", "42P01", "42704", "42883", "42703", "3F000", "55P03", "40P01");

  private final Connection connection;
  private final Scope scope;

  public PostgresCatalog(Connection connection, Scope scope) {
    this.connection = connection;
    this.scope = scope;
  }

  /** Starts a read-only transaction. */
  @Override
  public void begin(Duration lockTimeout) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    }
    prepare(lockTimeout);
  }

  @Override
  public void end() throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
  }

  /** Sets what affects reading for the rest of the open transaction. */
  public void prepare(Duration lockTimeout) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(SETTINGS + "SET LOCAL lock_timeout = " + lockTimeout.toMillis());
    }
  }

  @Override
  public List<Line> lines() throws SQLException, InconsistentRead {
    var lines = new ArrayList<Line>();
    var sql =
        connection.getMetaData().getDatabaseMajorVersion() < HAS_PUBLICATIONS
            ? LINES
            : LINES + PUBLICATIONS;
    read(sql, scope.schemas(), row -> lines.add(line(row)));
    var outside = scope.outside();
    if (!outside.wholeSchemas().isEmpty()) {
      read(sql, outside.wholeSchemas(), row -> lines.add(line(row)));
    }
    if (!outside.partlyReadSchemas().isEmpty()) {
      read(
          sql,
          outside.partlyReadSchemas(),
          row -> {
            var line = line(row);
            if (outside.names(line)) {
              lines.add(line);
            }
          });
    }
    return lines.stream().sorted().distinct().toList();
  }

  /** Skips notes about objects that were dropped meanwhile. */
  @Override
  public List<String> notes() throws SQLException, InconsistentRead {
    var notes = new TreeSet<String>();
    read(
        NOTES,
        scope.schemas(),
        row -> {
          var note = row.getString(1);
          if (note != null) {
            notes.add(Quoting.line(note));
          }
        });
    return List.copyOf(notes);
  }

  @Override
  public List<OtherSchema> otherSchemas() throws SQLException, InconsistentRead {
    var schemas = new ArrayList<OtherSchema>();
    read(
        OTHER_SCHEMAS,
        scope.schemas(),
        row -> schemas.add(new OtherSchema(row.getString(1), row.getString(2), row.getBoolean(3))));
    return schemas;
  }

  @Override
  public Set<Witness> confirmed(List<Witness> witnesses) throws SQLException {
    return PostgresWitnesses.confirmed(connection, witnesses);
  }

  @Override
  public List<Line> settings(String login) throws SQLException {
    return PostgresSettings.read(connection, login);
  }

  private static Line line(ResultSet row) throws SQLException, InconsistentRead {
    var kind = row.getString(1);
    var name = row.getString(3);
    for (var column = 2; column <= 5; column++) {
      if (row.getString(column) == null) {
        throw new InconsistentRead(
            "a " + kind + (name == null ? "" : " " + Quoting.line(name)), null);
      }
    }
    // intern, because few containers have many lines
    return new Line(
        Kind.of(kind), row.getString(2).intern(), name, row.getString(4), row.getString(5));
  }

  private interface Row {
    void read(ResultSet row) throws SQLException, InconsistentRead;
  }

  private void read(String sql, List<String> schemas, Row each)
      throws SQLException, InconsistentRead {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCH);
      statement.unwrap(PGStatement.class).setPrepareThreshold(1); // keeps the plan
      statement.setArray(1, connection.createArrayOf("text", schemas.toArray()));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          each.read(rows);
        }
      }
    } catch (SQLException e) {
      if (NO_RIGHT.equals(e.getSQLState())) {
        throw new CannotReadCatalog(
            "The database user lacks the right to read the catalog: " + e.getMessage() + ".", e);
      }
      if (CONCURRENT_CHANGE.contains(e.getSQLState())) {
        throw new InconsistentRead(Quoting.line(e.getMessage()), e);
      }
      throw e;
    }
  }

  private static String resource(String name) {
    try (var stream = PostgresCatalog.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
