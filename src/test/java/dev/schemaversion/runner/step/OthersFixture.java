package dev.schemaversion.runner.step;

import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** A database of one engine in which others have objects too, beside those of the migrations. */
enum OthersFixture {
  POSTGRESQL("public.") {
    @Override
    TestDatabase fresh() {
      return Postgres.fresh();
    }
  },
  MARIADB("") {
    @Override
    TestDatabase fresh() {
      return MariaDb.fresh();
    }
  };

  /** What names begin with in differences. */
  final String within;

  OthersFixture(String within) {
    this.within = within;
  }

  abstract TestDatabase fresh();

  /** A pattern for all objects whose name begins so. */
  String pattern(String prefix) {
    return "* " + within + prefix + "*";
  }

  /** A database in which somebody else has a table and a function, and no history. */
  TestDatabase withTheirs() {
    return fresh()
        .execute(
            "CREATE TABLE theirs_jobs (id int PRIMARY KEY)",
            this == POSTGRESQL
                ? "CREATE FUNCTION theirs_now() RETURNS int LANGUAGE sql AS 'SELECT 1'"
                : "CREATE FUNCTION theirs_now() RETURNS int DETERMINISTIC RETURN 1");
  }

  /** Migrations 1 and 2, for which nothing counts that matches these patterns. */
  static Job job(Path root, TestDatabase database, String... ignore) {
    return ignoring(new Job(root, database).tables(1, 2).version("2"), ignore);
  }

  static Job ignoring(Job job, String... ignore) {
    return proofs(job, List.of(ignore), null);
  }

  static Job proofs(Job job, List<String> ignore, String acceptDifference) {
    job.proof = new ProofRules(ignore, acceptDifference, List.of(), null);
    return job;
  }

  /** Plain Flyway. */
  static FluentConfiguration flyway(TestDatabase database) {
    return Flyway.configure().dataSource(database.url(), database.user(), database.password());
  }

  /** What a history says, apart from times and users. */
  static List<String> rows(TestDatabase database, String table) {
    return Stream.of("installed_rank", "version", "description", "type", "script", "success")
        .flatMap(
            column ->
                database
                    .query("SELECT %s FROM %s ORDER BY installed_rank".formatted(column, table))
                    .stream())
        .toList();
  }

  static List<String> rows(TestDatabase database) {
    return rows(database, "flyway_schema_history");
  }

  /** Type and version of each row. */
  static List<String> history(TestDatabase database, String table) {
    return database.query(
        "SELECT CONCAT(type, ' ', version) FROM %s ORDER BY installed_rank".formatted(table));
  }

  static List<String> history(TestDatabase database) {
    return history(database, "flyway_schema_history");
  }
}
