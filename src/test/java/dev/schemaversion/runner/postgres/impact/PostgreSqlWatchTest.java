package dev.schemaversion.runner.postgres.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.impact.ImpactRecorder;
import dev.schemaversion.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of scripts that change tables, on the oldest and the newest PostgreSQL. */
class PostgreSqlWatchTest {
  private static final String[] TABLES = {
    "CREATE TABLE owners (id int PRIMARY KEY, name text)",
    "CREATE UNIQUE INDEX owners_name ON owners (name)",
    "CREATE TABLE images (id int PRIMARY KEY, owner int, name text, price int, code varchar(10),"
        + " checked int CONSTRAINT checked CHECK (checked IS NOT NULL))",
    "CREATE INDEX images_owner ON images (owner)",
    "ALTER TABLE images ADD CONSTRAINT later CHECK (price > -1) NOT VALID",
    "CREATE TABLE keyless (id int)",
    "CREATE TABLE loose (kind int, amount int)",
    "CREATE TABLE events (kind int, amount int) PARTITION BY LIST (kind)",
    "CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1)",
    "CREATE TABLE events_2 PARTITION OF events FOR VALUES IN (2)",
    "CREATE MATERIALIZED VIEW sums AS SELECT count(*) FROM images",
    "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
  };

  private static Map<String, Postgres.Database> servers;
  private static Map<String, Postgres.Database> others;

  @BeforeAll
  static void createTables() {
    servers = Map.of("15", Postgres.fresh(), "18", Postgres.fresh18());
    others = Map.of("15", Postgres.fresh(), "18", Postgres.fresh18());
    servers.values().forEach(database -> database.execute(TABLES));
  }

  @AfterAll
  static void forget() {
    servers = null;
    others = null;
  }

  static Stream<Arguments> inTransactions() {
    return on(ImpactCases.all());
  }

  static Stream<Arguments> alone() {
    return on(ImpactCases.alone());
  }

  private static Stream<Arguments> on(Stream<ImpactCase> cases) {
    return cases.flatMap(each -> Stream.of(Arguments.of("15", each), Arguments.of("18", each)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("inTransactions")
  void whatAScriptDoesInATransaction(String server, ImpactCase c) throws SQLException {
    try (var session = servers.get(server).connectAsOwner()) {
      session.setAutoCommit(false);
      assertThat(hints(server, session, c.script())).containsExactlyInAnyOrderElementsOf(c.hints());
      session.rollback();
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("alone")
  void whatAScriptDoesOutsideOfATransaction(String server, ImpactCase c) throws SQLException {
    var database = others.get(server);
    database.execute(
        "DROP SCHEMA public CASCADE", "DROP SCHEMA IF EXISTS two CASCADE", "CREATE SCHEMA public");
    database.execute(TABLES);
    try (var session = database.connectAsOwner()) {
      assertThat(hints(database, session, c.script()))
          .containsExactlyInAnyOrderElementsOf(c.hints());
    }
  }

  private static List<String> hints(String server, Connection session, List<String> script)
      throws SQLException {
    return hints(servers.get(server), session, script);
  }

  private static List<String> hints(
      Postgres.Database database, Connection session, List<String> script) throws SQLException {
    try (var recorder = new ImpactRecorder(new PostgreSqlImpact(), database.connect());
        var statement = session.createStatement()) {
      statement.execute("SET lock_timeout = '5s'");
      recorder.begin("V1__x.sql");
      for (var sql : script) {
        recorder.before(session, sql);
        statement.execute(sql);
        recorder.after(session, sql, messages(statement));
      }
      return recorder.scripts().values().stream()
          .flatMap(List::stream)
          .map(each -> each.hint() + " " + each.table().name() + " " + each.lock().label())
          .toList();
    }
  }

  private static List<String> messages(Statement statement) throws SQLException {
    var messages = new ArrayList<String>();
    for (var each = statement.getWarnings(); each != null; each = each.getNextWarning()) {
      messages.add(each.getMessage());
    }
    statement.clearWarnings();
    return messages;
  }

  @Test
  void newColumnsTypesAndKeysThatAreHardToLiveWithAreTold() throws SQLException {
    try (var session = servers.get("15").connect()) {
      var watch = new PostgreSqlImpact().watch(session);
      servers
          .get("15")
          .execute(
              "ALTER TABLE images ADD meta json, ADD better jsonb",
              "CREATE TYPE mood AS ENUM ('sad', 'happy')",
              "ALTER TABLE keyless ADD FOREIGN KEY (id) REFERENCES owners",
              "ALTER TABLE images ADD FOREIGN KEY (owner) REFERENCES owners");

      assertThat(watch.advice())
          .hasSize(3)
          .anyMatch(each -> each.contains("public.images.meta has type json"))
          .anyMatch(each -> each.contains("public.mood is an enum"))
          .anyMatch(each -> each.contains("keyless_id_fkey of public.keyless has no index"));
    } finally {
      servers
          .get("15")
          .execute(
              "ALTER TABLE images DROP meta, DROP better, DROP CONSTRAINT images_owner_fkey",
              "DROP TYPE mood",
              "ALTER TABLE keyless DROP CONSTRAINT keyless_id_fkey");
    }
  }
}
