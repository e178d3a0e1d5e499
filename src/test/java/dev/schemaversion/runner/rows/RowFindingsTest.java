package dev.schemaversion.runner.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.Engines;
import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is said about rows that stand against what pending statements demand. Each case has the
 * statements before, the pending ones, and the findings: CERTAIN, POSSIBLE or NOTHING.
 */
class RowFindingsTest {
  private static final String USERS =
      "CREATE TABLE users (id int, email varchar(50), city varchar(50), big numeric(12, 2));"
          + "CREATE SEQUENCE s;"
          + "CREATE TABLE groups_ (id int PRIMARY KEY)";

  private static final String[] ROWS = {
    "INSERT INTO users VALUES (1, 'a', NULL, 5), (2, 'a', NULL, 1234567), (3, NULL, 'x  ', NULL),"
        + " (4, NULL, 'abcdef', 3)",
    "INSERT INTO groups_ VALUES (1), (2), (3)"
  };

  /** A session with a database that has rows, and one with a clone that has none. */
  private record Sessions(Engine engine, List<String> schemas, Connection real, Connection copy) {}

  private static final Map<String, Sessions> SESSIONS = new HashMap<>();

  private static Sessions sessions(String engine) {
    return SESSIONS.computeIfAbsent(
        engine,
        name -> {
          try {
            return name.equals("PostgreSQL")
                ? new Sessions(
                    Engines.named(name),
                    List.of("public"),
                    Postgres.fresh().connectAsOwner(),
                    Postgres.fresh().connectAsOwner())
                : new Sessions(
                    Engines.named(MariaDb.engine()),
                    List.of(),
                    MariaDb.fresh().connectAsOwner(),
                    MariaDb.fresh().connectAsOwner());
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @AfterAll
  static void close() throws SQLException {
    for (var sessions : SESSIONS.values()) {
      sessions.real().close();
      sessions.copy().close();
    }
    SESSIONS.clear();
  }

  private static void run(Connection session, String... statements) throws SQLException {
    try (var statement = session.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void clean(String engine, Connection session) throws SQLException {
    if (engine.equals("PostgreSQL")) {
      run(session, "DISCARD ALL", "DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
    } else {
      run(
          session,
          "SET SESSION TRANSACTION READ WRITE",
          "SET sql_mode = DEFAULT, foreign_key_checks = 0",
          "DROP VIEW IF EXISTS shown",
          "DROP TABLE IF EXISTS users, groups_, people, other",
          "DROP SEQUENCE IF EXISTS s",
          "SET foreign_key_checks = 1");
    }
  }

  private static final String BOTH =
      """
      CREATE UNIQUE INDEX u ON users (email) | CERTAIN
      ALTER TABLE users ADD CONSTRAINT u UNIQUE (email) | CERTAIN
      CREATE UNIQUE INDEX u ON users (email, id) | NOTHING
      CREATE UNIQUE INDEX u ON users (city) | NOTHING
      CREATE INDEX u ON users (email) | NOTHING
      ALTER TABLE users ADD PRIMARY KEY (id) | NOTHING
      ALTER TABLE users ADD PRIMARY KEY (email) | CERTAIN
      ALTER TABLE users ADD CHECK (id > 1) | CERTAIN
      ALTER TABLE users ADD CHECK (id > 0) | NOTHING
      ALTER TABLE users ADD CHECK (big > 0) | NOTHING
      ALTER TABLE users ADD FOREIGN KEY (id) REFERENCES groups_ (id) | CERTAIN
      DELETE FROM users WHERE id > 3; ALTER TABLE users ADD FOREIGN KEY (id) REFERENCES groups_ (id) | POSSIBLE
      INSERT INTO groups_ VALUES (4); ALTER TABLE users ADD FOREIGN KEY (id) REFERENCES groups_ (id) | POSSIBLE
      UPDATE users SET email = id; CREATE UNIQUE INDEX u ON users (email) | POSSIBLE
      DELETE FROM groups_; CREATE UNIQUE INDEX u ON users (email) | CERTAIN
      CREATE UNIQUE INDEX u ON users (email); INSERT INTO groups_ VALUES (9) | CERTAIN
      CREATE TABLE other (id int UNIQUE, email varchar(50) NOT NULL) | NOTHING
      ALTER TABLE users ADD COLUMN extra int DEFAULT 1 NOT NULL | NOTHING
      ALTER TABLE users DROP COLUMN email; ALTER TABLE users ADD COLUMN email varchar(50) UNIQUE | NOTHING
      ALTER TABLE users RENAME TO people; CREATE UNIQUE INDEX u ON people (email) | NOTHING
      ALTER TABLE users RENAME COLUMN email TO mail; ALTER TABLE users RENAME COLUMN city TO email; CREATE UNIQUE INDEX u ON users (email) | NOTHING
      """;

  private static final String POSTGRESQL =
      """
      ALTER TABLE users ALTER email SET NOT NULL | CERTAIN
      ALTER TABLE users ALTER id SET NOT NULL | NOTHING
      UPDATE users SET email = ''; ALTER TABLE users ALTER email SET NOT NULL | POSSIBLE
      DO $$ BEGIN UPDATE users SET email = ''; END $$; ALTER TABLE users ALTER email SET NOT NULL | POSSIBLE
      CREATE VIEW shown AS SELECT * FROM users; UPDATE shown SET email = ''; ALTER TABLE users ALTER email SET NOT NULL | POSSIBLE
      CREATE UNIQUE INDEX u ON users (email) NULLS NOT DISTINCT | CERTAIN
      CREATE UNIQUE INDEX u ON users (city) NULLS NOT DISTINCT | CERTAIN
      CREATE UNIQUE INDEX u ON users (email) WHERE id > 1 | NOTHING
      CREATE UNIQUE INDEX u ON users (email) WHERE id < 3 | CERTAIN
      CREATE UNIQUE INDEX u ON users ((lower(email))) | CERTAIN
      CREATE UNIQUE INDEX u ON users (email COLLATE "C") | CERTAIN
      ALTER TABLE users ADD CONSTRAINT k CHECK (id > 1) NOT VALID | NOTHING
      ALTER TABLE users ADD CONSTRAINT k CHECK (id > 1) NOT VALID; ALTER TABLE users VALIDATE CONSTRAINT k | CERTAIN
      ALTER TABLE users ADD FOREIGN KEY (id) REFERENCES groups_ NOT VALID | NOTHING
      ALTER TABLE users ADD EXCLUDE (email WITH =) | NOTHING
      ALTER TABLE users ALTER city TYPE varchar(5) | CERTAIN
      ALTER TABLE users ALTER city TYPE varchar(6) | NOTHING
      ALTER TABLE users ALTER city TYPE varchar(100) | NOTHING
      ALTER TABLE users ALTER city TYPE varchar(5) USING left(city, 5) | POSSIBLE
      ALTER TABLE users ALTER city TYPE text | NOTHING
      ALTER TABLE users ALTER big TYPE numeric(5, 1) | CERTAIN
      ALTER TABLE users ALTER big TYPE numeric(9, 1) | NOTHING
      ALTER TABLE users ALTER big TYPE smallint | CERTAIN
      ALTER TABLE users ALTER big TYPE int | NOTHING
      ALTER TABLE users ADD FOREIGN KEY (id) REFERENCES groups_ ON DELETE CASCADE NOT VALID; DELETE FROM groups_; CREATE UNIQUE INDEX u ON users (email) | POSSIBLE
      CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DELETE FROM users; RETURN NEW; END'; CREATE TRIGGER t BEFORE INSERT ON groups_ FOR EACH ROW EXECUTE FUNCTION t(); INSERT INTO groups_ VALUES (9); CREATE UNIQUE INDEX u ON users (email) | POSSIBLE
      CREATE FUNCTION clean() RETURNS void LANGUAGE sql AS 'DELETE FROM users'; SELECT clean(); CREATE UNIQUE INDEX u ON users (email) | POSSIBLE
      SELECT setval('s', 1); CREATE UNIQUE INDEX u ON users (email) | CERTAIN
      TRUNCATE groups_ CASCADE; CREATE UNIQUE INDEX u ON users (email) | POSSIBLE
      WITH gone AS (DELETE FROM users RETURNING id) SELECT count(*) FROM gone; CREATE UNIQUE INDEX u ON users (email) | POSSIBLE
      CREATE TABLE other AS SELECT email FROM users; CREATE UNIQUE INDEX u ON other (email) | NOTHING
      CREATE FUNCTION f(int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1 > 1'; ALTER TABLE users ADD CHECK (f(id)) | NOTHING
      """;

  private static final String MARIADB =
      """
      ALTER TABLE users MODIFY email varchar(50) NOT NULL | CERTAIN
      ALTER TABLE users MODIFY id int NOT NULL | NOTHING
      UPDATE users SET email = ''; ALTER TABLE users MODIFY email varchar(50) NOT NULL | POSSIBLE
      SET sql_mode = ''; ALTER TABLE users MODIFY email varchar(50) NOT NULL | POSSIBLE
      SET foreign_key_checks = 0; ALTER TABLE users ADD FOREIGN KEY (id) REFERENCES groups_ (id) | POSSIBLE
      CREATE VIEW shown AS SELECT * FROM users; UPDATE shown SET email = ''; ALTER TABLE users MODIFY email varchar(50) NOT NULL | POSSIBLE
      ALTER TABLE users CHANGE city place varchar(5) | NOTHING
      CREATE UNIQUE INDEX u ON users (email(1)) | CERTAIN
      ALTER TABLE users MODIFY city varchar(5) | CERTAIN
      ALTER TABLE users MODIFY city varchar(6) | NOTHING
      ALTER TABLE users MODIFY city varchar(100) | NOTHING
      ALTER TABLE users MODIFY big decimal(5, 1) | CERTAIN
      ALTER TABLE users MODIFY big decimal(9, 1) | NOTHING
      ALTER TABLE users MODIFY big smallint | CERTAIN
      ALTER TABLE users MODIFY big int unsigned | NOTHING
      """;

  static Stream<Arguments> cases() {
    return Stream.of(
            of("PostgreSQL", BOTH), of("PostgreSQL", POSTGRESQL),
            of("MariaDB", BOTH), of("MariaDB", MARIADB))
        .flatMap(cases -> cases);
  }

  private static Stream<Arguments> of(String engine, String table) {
    return table
        .lines()
        .map(line -> line.split(" \\| ", -1))
        .map(parts -> Arguments.of(engine, parts[0], parts[1]));
  }

  @ParameterizedTest(name = "{0}: {1} → {2}")
  @MethodSource("cases")
  void whatIsSaidAboutRows(String name, String pending, String expected) throws SQLException {
    var sessions = sessions(name);
    clean(name, sessions.real());
    clean(name, sessions.copy());
    run(sessions.real(), USERS.split(";", -1));
    run(sessions.real(), ROWS);
    run(sessions.copy(), USERS.split(";", -1));

    var found = findings(sessions, statements(pending));

    var said =
        found.certain().isEmpty() ? found.possible().isEmpty() ? "NOTHING" : "POSSIBLE" : "CERTAIN";
    assertThat(said).as(found.toString()).isEqualTo(expected);
    assertThat(found.unknown()).isEmpty();
  }

  /** Ends of statements; those in a body are followed by a word that is no statement. */
  private static List<String> statements(String text) {
    return Arrays.asList(text.split("; (?!END|RETURN)", -1));
  }

  private static RowFindings findings(Sessions sessions, List<String> statements)
      throws SQLException {
    var engine = sessions.engine();
    var before = engine.rowRules().read(sessions.copy(), sessions.schemas());
    run(sessions.copy(), statements.toArray(String[]::new));
    var after = engine.rowRules().read(sessions.copy(), sessions.schemas());
    var changes = new RowChanges(statements, before, after, engine.implicitCommit());
    var rules =
        after.since(before).stream()
            .filter(rule -> !(after.byName() && changes.mayRename(rule)))
            .toList();
    return RowFindings.of(rules, statements, changes, engine, sessions.real(), line -> {});
  }
}
