package dev.schemaversion.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.testing.Postgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no migrations, or not only: nothing runs that is not SQL. */
class HostileFilesTest {
  private static final AtomicInteger ATTACKS = new AtomicInteger();
  private static final String TABLE = "CREATE TABLE t2 (id int);\n";

  @TempDir Path root;
  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = new Job(root, database).tables(1);
  }

  @AfterEach
  void nothingRan() {
    ATTACKS.incrementAndGet();
    assertThat(root.resolve("canary")).doesNotExist();
    assertThat(Canary.sung()).isZero();
  }

  @AfterAll
  static void count() {
    System.out.printf("HostileFilesTest: %,d sets of files, nothing ran but SQL%n", ATTACKS.get());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "V2__script.sh",
        "V2__script.bash",
        "V2__script.py",
        "V2__script.ps1",
        "V2__script.bat",
        "V2__script.cmd",
        "V2__script.js",
        "V2__script.groovy",
        "V2__Java.java",
        "V2__Java.class",
        "V2__jar.jar",
        "V2__sql.sql.gz",
        "V2__sql.sql~",
        "V2__sql.sql ",
        "V2__sql.sql.conf",
        "V2__sql.sql.bak",
        "V2__sql.ſql",
        ".V2__hidden.sql",
        "..V2__hidden.sql",
        "afterMigrate.sh",
        "beforeConnect.sh",
        "createSchema.sql",
        "afterMigrateError__x.sql",
        "flyway.conf",
        "flyway.toml",
        "flyway.user.toml",
        "flyway.json",
        "application.properties",
        "META-INF",
        "org.flywaydb.core.extensibility.Plugin",
        "pg_service.conf",
        ".pgpass",
        ".psqlrc",
        "postgresql.key",
        "logging.properties",
        "driverconfig.properties",
      })
  void whatIsNoSqlByItsNameIsRefusedByThatName(String file) {
    job.image("/m").imageFile("/m/V1__a.sql", "SELECT 1");
    job.imageFile("/m/" + file, "#!/bin/sh\ntouch " + root.resolve("canary"));

    assertThat(refused()).contains(file + ": ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "V2__..%2f..%2fetc%2fpasswd.sql",
        "V2__..\\..\\etc\\passwd.sql",
        "V2__a;touch canary;.sql",
        "V2__$(touch canary).sql",
        "V2__`touch canary`.sql",
        "V2__' || current_user || '.sql",
        "V2__\"quoted\".sql",
        "V2__line\nbreak.sql",
        "V2__\u001b[31mred.sql",
        "V2__${env.PATH}.sql",
        "V2__classpath:x.sql",
        "V2__filesystem:..sql",
        "V2____________.sql",
        "V2__.SQL",
      })
  void aNameIsOnlyAName(String file) {
    job.image("/m").imageFile("/m/V1__a.sql", "SELECT 1").imageFile("/m/" + file, TABLE);

    assertSucceeded();
    assertThat(database.query("SELECT script FROM flyway_schema_history WHERE version = '2'"))
        .containsExactly(file);
  }

  @Test
  void aLongNameIsOnlyAName() {
    job.file("V2__" + "x".repeat(247) + ".sql", TABLE);

    assertSucceeded();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/m/V2__fifo.sql", "/m/deeper/V2__fifo.sql"})
  void aPipeIsRefusedAndNotWaitedFor(String path) throws Exception {
    job.image("/m").imageFile("/m/V1__a.sql", "SELECT 1");
    Files.createDirectories(job.inImage(path).getParent());
    assertThat(new ProcessBuilder("mkfifo", job.inImage(path).toString()).start().waitFor())
        .isZero();

    assertThat(refused()).contains(path + ", which is no file");

    link("/m/V3__link.sql", job.inImage("/m").relativize(job.inImage(path)).toString());
    assertThat(refused()).containsAnyOf("which is no file", "a link to what is no file");
  }

  @ParameterizedTest
  @CsvSource({
    "V2__b.sql, V2__b.sql, a link to nothing",
    "V2__b.sql, ./V2__b.sql, a link to nothing",
    "V2__b.sql, /dev/zero, a link that leads out of /m",
    "V2__b.sql, /dev/stdin, a link that leads out of /m",
    "V2__b.sql, /proc/self/environ, a link that leads out of /m",
    "V2__b.sql, ../../secret/password, a link that leads out of /m",
    "V2__b.sql, /run/schemaversion/secret/password, a link to nothing",
    "V2__b.sql, ., a link to what is no file",
    "V2__b.sql, .., a link that leads out of /m",
    "folder, ../elsewhere, a link that leads out of /m",
  })
  void aLinkToAnythingButAMigrationIsRefused(String link, String target, String why)
      throws IOException {
    job.image("/m").imageFile("/m/V1__a.sql", "SELECT 1");
    job.imageFile("/elsewhere/V2__b.sql", TABLE);
    link("/m/" + link, target);

    assertThat(refused()).contains("/m/" + link + ", " + why);
  }

  @Test
  void linksThatLeadInACircleAreRefused() throws IOException {
    job.image("/m").imageFile("/m/V1__a.sql", "SELECT 1");
    link("/m/V2__b.sql", "V3__c.sql");
    link("/m/V3__c.sql", "V2__b.sql");

    assertThat(refused()).contains("a link to nothing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/../etc", "/m/../../etc", "/m/..", "relative", "", "//etc", "/m\u0000x", "/m//x"})
  void aFolderThatLeadsOutIsRefused(String path) {
    job.image("/m").imageFile("/m/V1__a.sql", "SELECT 1");
    job.image(path);

    assertThat(job.sync("1").report().outcome())
        .isIn(Outcome.INVALID_REQUEST, Outcome.UNSUPPORTED_MIGRATION);
  }

  @Test
  void foldersDeeperThanAnybodySortsMigrationsAreRefused() throws IOException {
    job.image("/m").imageFile("/m/V1__a.sql", "SELECT 1");
    Files.createDirectories(job.inImage("/m" + "/d".repeat(300)));
    job.imageFile("/m" + "/d".repeat(300) + "/V2__b.sql", TABLE);

    assertThat(refused()).contains("folders in folders");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    for (var bytes :
        List.of(
            new byte[] {(byte) 0xff, (byte) 0xfe, 'S', 0}, // UTF-16
            new byte[] {(byte) 0xc0, (byte) 0xaf}, // "/" in too many bytes
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, // half a surrogate pair
            new byte[] {'S', (byte) 0xe4}, // Latin-1
            new byte[] {0x7f, 'E', 'L', 'F', (byte) 0xb8})) {
      ATTACKS.incrementAndGet();
      job.file(0, "V2__b.sql", bytes);

      assertThat(refused()).contains("V2__b.sql: is not UTF-8 text");
    }
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheSql() {
    job.file("V2__b.sql", "\ufeff" + TABLE);
    assertSucceeded();

    // As Flyway counts, which would leave it out as well.
    job.file("V2__b.sql", TABLE);
    assertSucceeded();
  }

  @Test
  void aNullCharacterInAScriptIsRefused() {
    job.file("V2__b.sql", "CREATE TABLE t2 (id int); SELECT '\u0000';");

    assertThat(refused()).contains("V2__b.sql: is not UTF-8 text, or has a null character");
  }

  @Test
  void emptyScriptsAreScripts() {
    job.file("V2__b.sql", "").file("V3__c.sql", "-- nothing\n");

    assertThat(job.sync("3").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void keysThatCollideBetweenSourcesAreRefused() {
    job.file(1, "V1__table_1.sql", "DROP TABLE t1".getBytes(StandardCharsets.UTF_8));

    assertThat(job.sync("1").report().message()).contains("V1__table_1.sql is in two sources");

    job.file(1, "V1__other.sql", "DROP TABLE t1".getBytes(StandardCharsets.UTF_8));
    assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.DUPLICATE_VERSION);
  }

  @Test
  void placeholdersAreTextAndNothingIsLookedUpForThem() {
    job.placeholders = java.util.Map.of("a", "$(id)", "b", "`id`", "env", "x");
    job.file("V2__b.sql", "CREATE TABLE t2 AS SELECT '${a}' AS a, '${b}' AS b, '${env}' AS c");

    assertSucceeded();
    assertThat(database.query("SELECT a || '|' || b || '|' || c FROM t2"))
        .containsExactly("$(id)|`id`|x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${env.PATH}",
        "${env:PATH}",
        "${localSecret.password}",
        "${clientCertificate.x}",
        "${vault.password}",
        "${file:/etc/passwd}",
        "${SCHEMAVERSION_REQUEST}",
      })
  void nothingOfTheRunnersOwnIsLookedUp(String placeholder) {
    job.file("V2__b.sql", "CREATE TABLE t2 AS SELECT '" + placeholder + "' AS a");

    var report = job.sync("2").report();

    assertThat(report.outcome()).isEqualTo(Outcome.MIGRATION_FAILED);
    assertThat(report.message()).contains("V2__b.sql line 1", placeholder, "Nothing was run");
  }

  @Test
  void tenThousandFilesAreRead() {
    job.image("/m").imageFile("/m/V1__a.sql", "SELECT 1");
    IntStream.rangeClosed(2, 10_000)
        .forEach(i -> job.imageFile("/m/" + i % 100 + "/V" + i + "__b.sql", "SELECT " + i));

    assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void moreFilesThanAnybodyHasAreRefused() {
    job.image("/m").imageFile("/m/V1__a.sql", "SELECT 1");
    IntStream.rangeClosed(2, 20_001)
        .forEach(i -> job.imageFile("/m/" + i % 100 + "/V" + i + "__b.sql", ""));

    assertThat(refused()).contains("more than 20000 files");
  }

  private String refused() {
    var report = job.sync("1").report();
    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.UNSUPPORTED_MIGRATION);
    assertThat(report.message()).contains("Nothing was done");
    assertThat(database.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        .isEmpty();
    return report.message();
  }

  private void assertSucceeded() {
    var ended = job.sync("2");
    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(database.query("SELECT to_regclass('t2')")).containsExactly("t2");
  }

  private void link(String path, String target) throws IOException {
    Files.deleteIfExists(job.inImage(path));
    Files.createSymbolicLink(job.inImage(path), Path.of(target));
  }
}
