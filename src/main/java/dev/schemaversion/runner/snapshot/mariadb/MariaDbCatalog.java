package dev.schemaversion.runner.snapshot.mariadb;

import dev.schemaversion.runner.snapshot.Catalog;
import dev.schemaversion.runner.snapshot.InconsistentRead;
import dev.schemaversion.runner.snapshot.Kind;
import dev.schemaversion.runner.snapshot.Line;
import dev.schemaversion.runner.snapshot.Quoting;
import dev.schemaversion.runner.snapshot.Witness;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the current database of a MariaDB or MySQL session. The information schema lists the
 * objects; their definitions come from {@code SHOW CREATE}, because the information schema covers
 * neither all properties of a table nor all characters.
 */
public final class MariaDbCatalog implements Catalog {
  /** The name of the database in lines, independent of its real name. */
  private static final String THIS = "database()";

  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);

  private static final String OUTSIDE =
      """
      SELECT TABLE_SCHEMA, COUNT(*) FROM information_schema.TABLES
      WHERE TABLE_SCHEMA NOT IN (DATABASE(), 'information_schema', 'performance_schema', 'mysql',
        'sys')
      GROUP BY TABLE_SCHEMA""";

  private final MariaDbSession session;

  public MariaDbCatalog(Connection connection) {
    this.session = new MariaDbSession(connection);
  }

  @Override
  public void begin(Duration lockTimeout) throws SQLException {
    session.begin(lockTimeout);
  }

  @Override
  public void end() throws SQLException {
    session.end();
  }

  @Override
  public List<Line> lines() throws SQLException, InconsistentRead {
    return read().lines().stream().sorted().toList();
  }

  @Override
  public List<String> notes() throws SQLException, InconsistentRead {
    var reading = read();
    for (var line :
        session.list(
            OUTSIDE,
            row ->
                "outside: schema "
                    + SqlText.name(row.getString(1))
                    + " has "
                    + row.getInt(2)
                    + " tables, views and sequences")) {
      reading.notes().add(line);
    }
    return reading.notes().stream().map(Quoting::line).sorted().distinct().toList();
  }

  /** A schema is a database here, and a snapshot is of one. */
  @Override
  public List<OtherSchema> otherSchemas() {
    return List.of();
  }

  @Override
  public Set<Witness> confirmed(List<Witness> witnesses) throws SQLException {
    session.begin(LOCK_TIMEOUT);
    try {
      return new MariaDbWitnesses(session).confirmed(witnesses);
    } finally {
      session.end();
    }
  }

  @Override
  public List<Line> settings(String login) throws SQLException, InconsistentRead {
    return MariaDbSettings.read(session);
  }

  private MariaDbReading read() throws SQLException, InconsistentRead {
    var database = session.one("SELECT DATABASE()");
    if (database == null) {
      throw new IllegalStateException("the session has no current database");
    }
    new MariaDbRights(session.list("SHOW GRANTS", row -> row.getString(1)), database).check();
    var reading = new MariaDbReading();
    reading.add(
        Kind.SCHEMA,
        THIS,
        session.one(
            """
            SELECT CONCAT('CHARACTER SET ', DEFAULT_CHARACTER_SET_NAME, ' COLLATE ',
              DEFAULT_COLLATION_NAME)
            FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = DATABASE()"""));
    var histories = readTables(database, reading);
    new MariaDbPrograms(session, reading).read(histories);
    return reading;
  }

  private record Table(String name, String type) {}

  /** Reads the tables and returns the names of Flyway's history tables. */
  private Set<String> readTables(String database, MariaDbReading reading)
      throws SQLException, InconsistentRead {
    var histories = new HashSet<String>();
    for (var table :
        session.list("SHOW FULL TABLES", row -> new Table(row.getString(1), row.getString(2)))) {
      var name = SqlText.name(table.name());
      switch (String.valueOf(table.type())) {
        case "BASE TABLE", "SYSTEM VERSIONED" -> {
          var read =
              new MariaDbTable(name, session.created("TABLE", table.name()).unqualified(database));
          if (read.isFlywayHistory()) {
            histories.add(table.name());
          } else {
            reading.lines().addAll(read.lines());
            reading.notes().addAll(read.notes());
          }
        }
        case "VIEW" -> {
          var created = session.created("VIEW", table.name()).unqualified(database);
          reading.add(Kind.VIEW, name, MariaDbCode.view(created));
          reading.notes().add("owner of view " + name + ": " + MariaDbCode.definer(created));
        }
        case "SEQUENCE" ->
            reading.add(Kind.SEQUENCE, name, session.created("SEQUENCE", table.name()).text(3));
        case "TEMPORARY TABLE",
            "TEMPORARY SEQUENCE",
            "TEMPORARY" -> {} // visible to this session only
        default -> throw new InconsistentRead("table " + Quoting.line(name), null);
      }
    }
    return histories;
  }
}
