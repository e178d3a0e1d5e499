package dev.schemaversion.runner.hostile;

import static dev.schemaversion.runner.hostile.HostileFiles.TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders of an image with pipes, links out of the folder, or an excessive number of files. */
class HostileFoldersTest {
  @RegisterExtension
  static final Attacks ATTACKS = new Attacks("sets of files, nothing ran but SQL");

  @TempDir Path root;
  private HostileFiles files;
  private Job job;

  @BeforeEach
  void prepare() {
    files = new HostileFiles(root);
    job = files.job;
  }

  @AfterEach
  void assertNothingRan() {
    ATTACKS.count();
    files.assertNothingRan();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/m/V2__fifo.sql", "/m/deeper/V2__fifo.sql"})
  void aPipeIsRejectedWithoutReadingIt(String path) throws Exception {
    job.image("/m").imageFile("/m/V1__a.sql", "SELECT 1");
    Files.createDirectories(job.files.inImage(path).getParent());
    assertThat(new ProcessBuilder("mkfifo", job.files.inImage(path).toString()).start().waitFor())
        .isZero();

    assertThat(files.refused()).contains(path + ", which is no file");

    link("/m/V3__link.sql", job.files.inImage("/m").relativize(job.files.inImage(path)).toString());
    assertThat(files.refused()).containsAnyOf("which is no file", "a link to what is no file");
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
  void aLinkToAnythingButAMigrationIsRejected(String link, String target, String why)
      throws IOException {
    job.image("/m").imageFile("/m/V1__a.sql", "SELECT 1");
    job.imageFile("/elsewhere/V2__b.sql", TABLE);
    link("/m/" + link, target);

    assertThat(files.refused()).contains("/m/" + link + ", " + why);
  }

  @Test
  void circularLinksAreRejected() throws IOException {
    job.image("/m").imageFile("/m/V1__a.sql", "SELECT 1");
    link("/m/V2__b.sql", "V3__c.sql");
    link("/m/V3__c.sql", "V2__b.sql");

    assertThat(files.refused()).contains("a link to nothing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/../etc", "/m/../../etc", "/m/..", "relative", "", "//etc", "/m\u0000x", "/m//x"})
  void aFolderOutsideTheRootIsRejected(String path) {
    job.image("/m").imageFile("/m/V1__a.sql", "SELECT 1");
    job.image(path);

    assertThat(job.sync("1").report().outcome())
        .isIn(Outcome.INVALID_REQUEST, Outcome.UNSUPPORTED_MIGRATION);
  }

  @Test
  void tooDeepFoldersAreRejected() throws IOException {
    job.image("/m").imageFile("/m/V1__a.sql", "SELECT 1");
    Files.createDirectories(job.files.inImage("/m" + "/d".repeat(300)));
    job.imageFile("/m" + "/d".repeat(300) + "/V2__b.sql", TABLE);

    assertThat(files.refused()).contains("folders in folders");
  }

  @Test
  void tenThousandFilesAreRead() {
    job.image("/m").imageFile("/m/V1__a.sql", "SELECT 1");
    IntStream.rangeClosed(2, 10_000)
        .forEach(i -> job.imageFile("/m/" + i % 100 + "/V" + i + "__b.sql", "SELECT " + i));

    assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void tooManyFilesAreRejected() {
    job.image("/m").imageFile("/m/V1__a.sql", "SELECT 1");
    IntStream.rangeClosed(2, 20_001)
        .forEach(i -> job.imageFile("/m/" + i % 100 + "/V" + i + "__b.sql", ""));

    assertThat(files.refused()).contains("more than 20000 files");
  }

  private void link(String path, String target) throws IOException {
    Files.deleteIfExists(job.files.inImage(path));
    Files.createSymbolicLink(job.files.inImage(path), Path.of(target));
  }
}
