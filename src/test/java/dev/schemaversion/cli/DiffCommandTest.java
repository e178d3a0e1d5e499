package dev.schemaversion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands {@code snapshot} and {@code diff}. */
class DiffCommandTest {
  @TempDir Path folder;
  private final Postgres.Database database = Postgres.fresh();

  private String snapshot(TestDatabase target, String name) {
    var file = folder.resolve(name).toString();
    var ended = new Cli().on(target).run("snapshot", "-o", file);
    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
    assertThat(ended.out()).endsWith(" It is in " + file + ".\n");
    return file;
  }

  @Test
  void twoSnapshotsAreComparedWithoutADatabase() {
    database.execute("CREATE TABLE images (id int PRIMARY KEY, name text)");
    var before = snapshot(database, "before");
    database.execute(
        "ALTER TABLE images ALTER name SET NOT NULL", "CREATE TABLE tags (\"a\nb\" int)");
    var after = snapshot(database, "after");

    var ended = new Cli().run("diff", before, after);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out())
        .startsWith("3 objects differ.\n\n")
        .contains("- column public.images.name: text\n", "+ table public.tags");
    assertThat(new Cli().run("diff", before, before).out()).isEqualTo("Nothing differs.\n");
    assertThat(new Cli().run("diff", before, before).exitCode()).isZero();
  }

  @Test
  void aDatabaseIsComparedWithASnapshot() {
    database.execute("CREATE TABLE images (id int PRIMARY KEY)");
    var file = snapshot(database, "file");

    assertThat(new Cli().on(database).run("diff", file).exitCode()).isZero();
    database.execute("DROP TABLE images");
    var ended = new Cli().on(database).run("diff", file, "--output", "json");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out())
        .contains("\"outcome\" : \"Succeeded\"", "\"exitCode\" : 1", "\"- table public.images");
  }

  @Test
  void aDatabaseIsComparedWithAVersionOfItsMigrations() throws IOException {
    var migrations = Cli.GLANCE.resolve("migrations").toString();
    database.execute(
        Files.readString(Cli.GLANCE.resolve("environment-diablo/diablo.sql")),
        "DROP INDEX ix_images_deleted");

    var nine = new Cli().on(database).run("diff", "--at", "9", "-m", migrations);
    var missing = new Cli().on(database).run("diff", "--at", "14", "-m", migrations);

    assertThat(nine.exitCode()).as(nine.out()).isEqualTo(1);
    assertThat(nine.out())
        .startsWith("1 object differs.\n\n- index public.images.ix_images_deleted: ");
    assertThat(missing.exitCode()).isEqualTo(36);
  }

  @Test
  void aSnapshotIsTheSameTextForTheSameSchema() {
    database.execute("CREATE TABLE images (id int PRIMARY KEY)");

    var one = new Cli().on(database).run("snapshot");
    var other = new Cli().on(database).run("snapshot");

    assertThat(one.out())
        .startsWith("{\n  \"format\": \"schemaversion.dev/snapshot/1\",\n")
        .contains("\n    {\"kind\":\"table\",\"within\":\"public\",\"name\":\"images\"")
        .isEqualTo(other.out());
  }

  @Test
  void aMariaDbHasSnapshotsToo() {
    var mariaDb = MariaDb.fresh();
    mariaDb.execute("CREATE TABLE images (id int PRIMARY KEY)");
    var file = snapshot(mariaDb, "file");

    mariaDb.execute("ALTER TABLE images ADD name int");

    assertThat(new Cli().on(mariaDb).run("diff", file).out()).contains("+ column ");
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    var postgres = snapshot(database, "postgres");
    var mariaDb = snapshot(MariaDb.fresh(), "mariadb");

    var ended = new Cli().run("diff", postgres, mariaDb);

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).startsWith("The two cannot be compared: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          not JSON                                        | is not a snapshot: Unrecognized token
          {}                                              | is not a snapshot of the format schemaversion.dev/snapshot/1.
          {"format": "schemaversion.dev/snapshot/1"}      | is not a whole snapshot: engine.
          {"format": "schemaversion.dev/snapshot/2"}      | is not a snapshot of the format schemaversion.dev/snapshot/1.
          null                                            | is not a snapshot of the format
          """)
  void aFileThatIsNoSnapshotIsNamed(String content, String message) throws IOException {
    var file = Files.writeString(folder.resolve("file"), content).toString();

    var ended = new Cli().run("diff", file, file);

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).startsWith(file + " ").contains(message);
  }

  @Test
  void withNothingToCompareItSaysWhatCanBe() {
    for (var args : List.of(List.of("diff"), List.of("diff", "--at", "9", "file"))) {
      var ended = new Cli().run(args.toArray(String[]::new));

      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(ended.err()).startsWith("Name what to compare: ");
    }
  }
}
