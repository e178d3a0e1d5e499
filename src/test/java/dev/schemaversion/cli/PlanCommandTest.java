package dev.schemaversion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code plan} and {@code rehearse}. */
class PlanCommandTest {
  @TempDir Path folder;
  private final Postgres.Database database = Postgres.fresh();

  @BeforeEach
  void migrations() throws IOException {
    file("V1__images.sql", "CREATE TABLE images (id int PRIMARY KEY, name text);\n");
  }

  private void file(String name, String sql) throws IOException {
    Files.writeString(folder.resolve(name), sql);
  }

  private void migrate(TestDatabase target) {
    Flyway.configure()
        .dataSource(target.url(), target.user(), target.password())
        .locations("filesystem:" + folder)
        .load()
        .migrate();
  }

  private Cli.Ended run(TestDatabase target, String... args) {
    var all = new ArrayList<>(Arrays.asList(args));
    all.addAll(List.of("-m", folder.toString()));
    return new Cli().on(target).run(all.toArray(String[]::new));
  }

  @Test
  void aPlanSaysWhatASyncWouldDoAndWritesNothing() throws IOException {
    migrate(database);
    file("V2__drop.sql", "ALTER TABLE images DROP COLUMN name;\nCREATE TABLE tags (id int);\n");
    var before = database.dump();

    var ended = run(database, "plan");

    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
    assertThat(ended.out())
        .startsWith("The plan is made; nothing was run on the database.")
        .contains(
            "Plan: from 1 to 2 with 1 migration and 2 statements; ",
            "  V2__drop.sql\n",
            "- column public.images.name: ",
            "+ table public.tags",
            "Destructive statements:\n  V2__drop.sql: ALTER TABLE images DROP COLUMN name\n",
            "Digest, for schemaversion.dev/approve: sha256:");
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void aPlanForADatabaseThatIsThereHasNothingToRun() {
    migrate(database);

    assertThat(run(database, "plan").out())
        .startsWith("The database is at 1 already. Nothing was run.");
  }

  @Test
  void aVersionThatNoMigrationHasIsRefused() {
    var ended = run(database, "plan", "--to", "7");

    assertThat(ended.exitCode()).isEqualTo(36);
    assertThat(ended.out())
        .startsWith("VersionMissing: No migration has the version 7 of --to (spec.version);");
  }

  @Test
  void aRehearsalThatFailsNamesTheStatement() throws IOException {
    migrate(database);
    database.execute("CREATE VIEW names AS SELECT name FROM images");
    file("V2__drop.sql", "CREATE TABLE tags (id int);\nALTER TABLE images DROP COLUMN name;\n");
    var before = database.dump();

    var ended = run(database, "rehearse", "--ignore", "* public.names*");

    assertThat(ended.exitCode()).as(ended.out()).isEqualTo(51);
    assertThat(ended.out())
        .startsWith("RehearsalFailed: ")
        .contains("The statement, at line 2 of V2__drop.sql:\n  ALTER TABLE images DROP COLUMN");
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void aRehearsalWithRowsMeetsRealData() throws IOException {
    migrate(database);
    database.execute("INSERT INTO images VALUES (1, 'seven')");
    file("V2__number.sql", "ALTER TABLE images ALTER name TYPE int USING name::int;\n");

    var without = run(database, "rehearse");
    var with = run(database, "rehearse", "--rows", "--table", "images");

    assertThat(without.exitCode()).as(without.out()).isZero();
    assertThat(with.exitCode()).as(with.out()).isEqualTo(51);
    assertThat(with.out() + with.err()).doesNotContain("seven");
  }

  @Test
  void aRehearsalSaysWhatIsLockedAndWhichRowsStandAgainstIt() throws IOException {
    migrate(database);
    database.execute("INSERT INTO images VALUES (1, NULL)");
    file("V2__required.sql", "ALTER TABLE images ALTER name SET NOT NULL;\n");

    var ended = run(database, "rehearse");

    assertThat(ended.exitCode()).as(ended.out()).isEqualTo(56);
    assertThat(ended.out()).startsWith("RowsViolateConstraint: ").contains("images");
  }

  @Test
  void whatAnInterruptedScriptLeftIsReportedAndNotSettled() throws IOException {
    migrate(database);
    file("V2__index.sql", "CREATE INDEX CONCURRENTLY i ON images (name);\n");
    database.execute(
        "INSERT INTO flyway_schema_history SELECT 2, '2', 'index', 'SQL', 'V2__index.sql',"
            + checksum()
            + ", current_user, now(), 0, false");
    var before = database.dump();

    var ended = run(database, "plan");

    assertThat(ended.exitCode()).as(ended.out()).isZero();
    assertThat(ended.out())
        .contains("The sync first deletes the row of V2__index.sql")
        .contains("from 1 to 2 with 1 migration");
    assertThat(database.dump()).isEqualTo(before);
  }

  private int checksum() {
    var info =
        Flyway.configure()
            .dataSource(Postgres.fresh().url(), "postgres", "")
            .locations("filesystem:" + folder)
            .load()
            .info()
            .all();
    return info[info.length - 1].getChecksum();
  }

  @Test
  void aMariaDbIsRehearsedTheSameWay() throws IOException {
    var mariaDb = MariaDb.fresh();
    file("V1__images.sql", "CREATE TABLE images (id int PRIMARY KEY, name varchar(9));\n");
    migrate(mariaDb);
    file("V2__tags.sql", "CREATE TABLE tags (id int);\n");
    var before = mariaDb.dump();

    var ended = run(mariaDb, "rehearse", "--output", "json");

    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
    assertThat(ended.out())
        .contains("\"command\" : \"rehearse\"", "\"outcome\" : \"Succeeded\"", "\"to\" : \"2\"");
    assertThat(mariaDb.dump()).isEqualTo(before);
  }
}
