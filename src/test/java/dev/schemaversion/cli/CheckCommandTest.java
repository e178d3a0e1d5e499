package dev.schemaversion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTest {
  private static final String MIGRATIONS = Cli.GLANCE.resolve("migrations").toString();

  @TempDir Path folder;

  private Cli.Ended check(String... more) {
    var args = new ArrayList<>(List.of("check", "-m", folder.toString()));
    args.addAll(List.of(more));
    return new Cli().run(args.toArray(String[]::new));
  }

  private void file(String name, String sql) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, sql);
  }

  @Test
  void theExampleIsInOrder() {
    var ended = new Cli().run("check", "-m", MIGRATIONS);

    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out())
        .startsWith("13 migrations; the newest version is 13.\n")
        .contains(
            "  V001__add_images_table.sql\n",
            "  V013__add_protected.sql\n",
            "Files that are no migrations:\n  kustomization.yaml\n");
  }

  @Test
  void soIsThatOfMariaDb() {
    var ended =
        new Cli()
            .run(
                "check",
                "--engine",
                "MariaDB",
                "-m",
                Cli.GLANCE.resolve("migrations-mariadb").toString());

    assertThat(ended.exitCode()).as(ended.out()).isZero();
  }

  @Test
  void everyScriptThatCannotBeReadIsNamed() throws IOException {
    file("V1__fine.sql", "CREATE TABLE a (id int);\n");
    file("V2__other.sql", "SELECT 1;\nSELECT '${missing}';\n");
    file("V3__placeholder.sql", "SELECT '${unknown}';\n");

    var ended = check();

    assertThat(ended.exitCode()).as(ended.out()).isEqualTo(50);
    assertThat(ended.out())
        .startsWith("MigrationFailed:\n")
        .contains(
            "- V2__other.sql line 1 cannot be read", "missing", "- V3__placeholder.sql ", "unknown")
        .doesNotContain("- V1__fine.sql");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          V1_one.sql     | 41 | UnsupportedMigration
          V1__one.SQL    | 42 | DuplicateVersion
          V01__again.sql | 42 | DuplicateVersion
          V1__one.sh     | 41 | UnsupportedMigration
          """)
  void aNameThatFlywayWouldTakeOtherwiseIsRefused(String name, int exitCode, String reason)
      throws IOException {
    file("V1__first.sql", "SELECT 1;\n");
    file("below/" + name, "SELECT 1;\n");

    var ended = check();

    assertThat(ended.exitCode()).isEqualTo(exitCode);
    assertThat(ended.out()).startsWith(reason + ": ").contains(name);
  }

  @Test
  void repeatableMigrationsAndCallbacksAreParsedToo() throws IOException {
    file("V1__first.sql", "CREATE TABLE a (id int);\n");
    file("R__view.sql", "CREATE VIEW v AS SELECT '${flyway:defaultSchema}' FROM a;\n");
    file("afterMigrate.sql", "SELECT '${missing}';\n");

    var ended = check();

    assertThat(ended.exitCode()).as(ended.out()).isEqualTo(50);
    assertThat(ended.out()).contains("afterMigrate.sql").doesNotContain("R__view.sql line");
  }

  @Test
  void theOptionsOfFlywayCount() throws IOException {
    file("M1-first.ddl", "SELECT '${name}';\n");

    var ended =
        check(
            "--flyway", "sqlMigrationPrefix=M",
            "--flyway", "sqlMigrationSeparator=-",
            "--flyway", "sqlMigrationSuffixes=.sql,.ddl",
            "--flyway", "placeholders.name=value");

    assertThat(ended.out()).startsWith("1 migration; the newest version is 1.\n");
  }

  @Test
  void aFolderWithoutMigrationsHasNone() {
    var ended = check();

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).isEqualTo("There are no migrations.\n");
  }

  @Test
  void theJsonHasVersionsAndFiles() throws IOException {
    file("V1__first.sql", "SELECT 1;\n");
    file("V1.1__second.sql", "SELECT 1;\n");
    file("README.md", "");

    var ended = check("--output", "json");

    assertThat(ended.out())
        .isEqualTo(
            """
            {
              "format" : "schemaversion.dev/result/1",
              "command" : "check",
              "outcome" : "Succeeded",
              "exitCode" : 0,
              "message" : "2 migrations; the newest version is 1.1.",
              "versions" : [ "1", "1.1" ],
              "files" : [ "V1__first.sql", "V1.1__second.sql" ],
              "ignored" : [ "README.md" ],
              "problems" : [ ]
            }
            """);
  }

  @Test
  void aManifestBringsItsConfigMaps() {
    var ended =
        new Cli()
            .input(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: glance-migrations}
                data:
                  V1__one.sql: CREATE TABLE a (id int);
                  V2__two.sql: CREATE TABLE b (id int);
                ---
                apiVersion: schemaversion.dev/v1alpha1
                kind: SchemaVersion
                metadata: {name: glance}
                spec:
                  version: "2"
                  database: {engine: PostgreSQL, host: postgres, name: glance, secretRef: {name: db}}
                  migrations:
                    configMapRefs: [{name: glance-migrations}]
                """)
            .run("check", "-f", "-");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).startsWith("2 migrations; the newest version is 2.\n");
  }
}
