package dev.schemaversion.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.MigrationsDigest;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.testing.Postgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations in a mounted image. */
class ImageTest {
  private static final String ONE = "CREATE TABLE t1 ();";
  private static final String TWO = "CREATE TABLE t2 ();";

  @TempDir Path root;
  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = new Job(root, database).image("/db/migrations");
    job.imageFile("/db/migrations/V1__a.sql", ONE).imageFile("/etc/passwd", "root:x:0:0");
  }

  @Test
  void theFilesInTheFolderAndBelowAreOneSet() {
    job.imageFile("/db/migrations/2024/09/V2__b.sql", TWO);

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.migrationsApplied()).isEqualTo(2);
    assertThat(report.migrationsDigest())
        .isEqualTo(
            MigrationsDigest.ofSources(
                List.of(
                    MigrationsDigest.ofSource(
                        Map.of("V1__a.sql", bytes(ONE), "2024/09/V2__b.sql", bytes(TWO))))));
  }

  @Test
  void theWholeImageMayBeMigrations() throws IOException {
    Files.delete(job.files.inImage("/etc/passwd"));
    job.image("/");

    assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void aSetLargerThanAConfigMapIsRead() {
    var large = ONE + "\n-- " + "ä".repeat(2 << 20);
    job.imageFile("/db/migrations/V1__a.sql", large);

    assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void otherContentUnderTheSameReferenceIsNotTaken() {
    job.digest = job.sync("1").report().migrationsDigest();
    assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    job.imageFile("/db/migrations/V2__b.sql", TWO);

    var report = job.sync("2").report();

    assertThat(report.outcome()).isEqualTo(Outcome.INPUTS_CHANGED);
    assertThat(report.message())
        .contains(job.image.reference(), job.digest, report.migrationsDigest())
        .contains("its tag has been moved", "name the image by its digest");
    assertThat(database.query("SELECT to_regclass('t2')")).containsExactly((String) null);
  }

  @Test
  void linksWithinTheFolderAreFollowed() throws IOException {
    job.imageFile("/db/migrations/V1__a.sql", ONE).imageFile("/db/migrations/V2__b.sql", TWO);
    link("/db/migrations/V3__c.sql", "V2__b.sql");

    var report = job.version("2").baseline().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.migrationsDigest())
        .isEqualTo(
            MigrationsDigest.ofSources(
                List.of(
                    MigrationsDigest.ofSource(
                        Map.of(
                            "V1__a.sql",
                            bytes(ONE),
                            "V2__b.sql",
                            bytes(TWO),
                            "V3__c.sql",
                            bytes(TWO))))));
  }

  @Test
  void linksThatLeadOutOfTheFolderAreRefused() throws IOException {
    link("/db/migrations/V2__b.sql", "../../etc/passwd");
    assertThat(refused()).contains("/db/migrations/V2__b.sql, a link that leads out of");

    link("/db/migrations/V2__b.sql", "/etc/hosts");
    assertThat(refused()).contains("/db/migrations/V2__b.sql, a link that leads out of");

    link("/db/migrations/V2__b.sql", "../../etc");
    assertThat(refused()).contains("a link that leads out of");

    link("/db/migrations/V2__b.sql", "../elsewhere/V2__b.sql");
    assertThat(refused()).contains("a link to nothing");

    link("/db/migrations/V2__b.sql", ".");
    assertThat(refused()).contains("a link to what is no file");
  }

  @Test
  void aFolderThatIsALinkOutOfTheImageIsRefused() throws IOException {
    job.image("/linked");
    link("/linked", "/etc");
    assertThat(refused()).contains("a link at /linked that leads out of the image");

    link("/linked", "db/migrations");
    assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void theSameVersionInTwoFoldersIsRefused() {
    job.imageFile("/db/migrations/more/V1__a.sql", ONE);

    assertThat(refused(Outcome.DUPLICATE_VERSION)).contains("V1__a.sql and more/V1__a.sql");
  }

  @Test
  void theSameNameInTwoFoldersIsAllowedForWhatIsNoMigration() {
    job.imageFile("/db/migrations/README.md", "a").imageFile("/db/migrations/more/README.md", "b");

    assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void onlyTheFoldersThatAreNamedCount() {
    job.imageFile("/db/migrations/common/V2__b.sql", "CREATE TABLE b (id int);")
        .imageFile("/db/migrations/postgresql/V3__c.sql", "CREATE TABLE c (id int);")
        .imageFile("/db/migrations/mariadb/V3__c.sql", "nonsense;")
        .options(options -> options.locations(List.of("common", "{vendor}")));

    var report = job.sync("3").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.migrationsApplied()).isEqualTo(2);
    assertThat(database.query("SELECT script FROM flyway_schema_history ORDER BY installed_rank"))
        .containsExactly("V2__b.sql", "V3__c.sql");
  }

  @Test
  void aFolderThatIsNamedAndHasNoFileIsRefused() {
    job.options(options -> options.locations(List.of("{vendor}")));

    assertThat(refused()).contains("names {vendor}", "no file in postgresql/");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    job.image("/db/migration");

    assertThat(refused())
        .contains("registry.example.org/migrations:13 has no folder /db/migration")
        .contains("spec.migrations.image.path");
  }

  @Test
  void moreThanAnybodyMigratesIsNotReadIntoMemory() throws IOException {
    try (var sparse =
        new java.io.RandomAccessFile(
            job.files.inImage("/db/migrations/V2__b.sql").toFile(), "rw")) {
      sparse.setLength(2L << 30);
    }

    assertThat(refused(Outcome.MIGRATIONS_TOO_LARGE)).contains("64 MiB");
  }

  private String refused() {
    return refused(Outcome.UNSUPPORTED_MIGRATION);
  }

  private String refused(Outcome outcome) {
    var report = job.sync("1").report();
    assertThat(report.outcome()).isEqualTo(outcome);
    assertThat(report.message()).contains("Nothing was done");
    assertThat(database.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        .isEmpty();
    return report.message();
  }

  private void link(String path, String target) throws IOException {
    Files.deleteIfExists(job.files.inImage(path));
    Files.createSymbolicLink(job.files.inImage(path), Path.of(target));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
