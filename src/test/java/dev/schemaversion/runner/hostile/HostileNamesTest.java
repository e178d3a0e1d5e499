package dev.schemaversion.runner.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.ForbiddenPort;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of databases, users, roles, schemas and tables that have a meaning in other contexts. */
class HostileNamesTest {
  @RegisterExtension static final Attacks ATTACKS = new Attacks("names, all of them only names");

  @TempDir Path root;
  private final ForbiddenPort forbiddenPort = new ForbiddenPort();
  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = new Job(root, database).tables(1);
  }

  @AfterEach
  void assertUnharmed() {
    try (forbiddenPort) {
      forbiddenPort.assertNoConnection();
    }
    assertThat(root.resolve("canary")).doesNotExist();
  }

  /** Runs all steps, with a clone by pg_dump, on a database that has the hostile name. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\"b?user=postgres&ssl=0;c#d%20e%00f",
        "host=127.0.0.1 port=%port user=postgres dbname=postgres",
        "postgresql://postgres@127.0.0.1:%port/postgres?ssl=0",
        "service=canary;\\! touch canary",
        "line\nbreak\r\ttab\\n\u001b[31m",
        "роstgres 🦆 ünï \u202e",
        "--help",
        "$(touch canary) `touch canary` $env",
        "a,b@c:d/e\\f",
      })
  void aNameIsNotInterpreted(String text) {
    ATTACKS.count(5);
    var name = text.replace("%port", Integer.toString(forbiddenPort.port()));
    var user = "u " + name.substring(0, Math.min(name.length(), 40));
    var role = "r " + name.substring(0, Math.min(name.length(), 40));
    // Flyway interprets quotes in this field, so the runner rejects them.
    var plain = name.replaceAll("[\"`]", "");
    var table = plain.substring(0, Math.min(plain.length(), 20));
    database.admin(
        "CREATE ROLE " + quoted(role),
        "CREATE ROLE "
            + quoted(user)
            + " LOGIN PASSWORD '"
            + Postgres.PASSWORD
            + "' IN ROLE "
            + quoted(role),
        "CREATE DATABASE " + quoted(name) + " OWNER " + quoted(role));
    try {
      job.secret("username", user).database = name;
      job.role = role;
      job.flyway.table = table;
      job.schemas = List.of(name);
      assertSucceeded(job.sync("1"));
      assertSucceeded(job.tables(2).sync("2"));
      assertSucceeded(job.verify());
      assertThat(job.written().database().name()).isEqualTo(name);
    } finally {
      database.admin(
          "DROP DATABASE " + quoted(name) + " WITH (FORCE)",
          "DROP ROLE " + quoted(user),
          "DROP ROLE " + quoted(role));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a'b", "'; DROP TABLE t1; --", "a\u0000b", ""})
  void anUnsupportedNameIsRejected(String name) {
    for (var where : List.of("database name", "user name", "role")) {
      ATTACKS.count();
      job = new Job(root, database).tables(1);
      switch (where) {
        case "database name" -> job.database = name;
        case "user name" -> job.secret("username", name);
        default -> job.role = name;
      }

      var report = job.sync().report();

      assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.INVALID_REQUEST);
      assertThat(report.message()).contains("The " + where, "empty or contains a quote");
    }
  }

  @Test
  void aNameThatFlywayInterpretsAsAPlaceholderIsRejected() {
    ATTACKS.count(2);
    job.flyway.table = "a${env.PATH}";
    assertThat(job.sync().report().outcome()).isEqualTo(Outcome.INVALID_REQUEST);

    job.flyway.table = "history";
    job.schemas = List.of("public", "a${b}");
    assertThat(job.sync().report().message()).contains("Flyway takes for a placeholder");
  }

  private static void assertSucceeded(Job.Ended ended) {
    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.log()).doesNotContain(Postgres.PASSWORD);
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
