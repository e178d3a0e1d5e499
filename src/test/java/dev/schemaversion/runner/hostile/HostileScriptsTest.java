package dev.schemaversion.runner.hostile;

import static dev.schemaversion.runner.hostile.HostileFiles.TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.Job;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The content of a script is text and SQL; no component interprets anything else in it. */
class HostileScriptsTest {
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

  @Test
  void invalidUtf8IsRejected() {
    for (var bytes :
        List.of(
            new byte[] {(byte) 0xff, (byte) 0xfe, 'S', 0}, // UTF-16
            new byte[] {(byte) 0xc0, (byte) 0xaf}, // "/" in too many bytes
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, // half a surrogate pair
            new byte[] {'S', (byte) 0xe4}, // Latin-1
            new byte[] {0x7f, 'E', 'L', 'F', (byte) 0xb8})) {
      ATTACKS.count();
      job.file(0, "V2__b.sql", bytes);

      assertThat(files.refused()).contains("V2__b.sql: is not UTF-8 text");
    }
  }

  @Test
  void aByteOrderMarkIsNotPartOfTheSql() {
    job.file("V2__b.sql", "\ufeff" + TABLE);
    files.assertSucceeded();

    // The checksum as Flyway computes it, which skips the byte order mark as well.
    job.file("V2__b.sql", TABLE);
    files.assertSucceeded();
  }

  @Test
  void aNullCharacterInAScriptIsRejected() {
    job.file("V2__b.sql", "CREATE TABLE t2 (id int); SELECT '\u0000';");

    assertThat(files.refused()).contains("V2__b.sql: is not UTF-8 text, or has a null character");
  }

  @Test
  void emptyScriptsAreValid() {
    job.file("V2__b.sql", "").file("V3__c.sql", "-- nothing\n");

    assertThat(job.sync("3").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void placeholdersAreNotReplaced() {
    job.flyway.placeholders = Map.of("a", "$(id)", "b", "`id`", "env", "x");
    job.file("V2__b.sql", "CREATE TABLE t2 AS SELECT '${a}' AS a, '${b}' AS b, '${env}' AS c");

    files.assertSucceeded();
    assertThat(files.database.query("SELECT a || '|' || b || '|' || c FROM t2"))
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
  void placeholdersDoNotRevealPropertiesOfTheRunner(String placeholder) {
    job.file("V2__b.sql", "CREATE TABLE t2 AS SELECT '" + placeholder + "' AS a");

    var report = job.sync("2").report();

    assertThat(report.outcome()).isEqualTo(Outcome.MIGRATION_FAILED);
    assertThat(report.message()).contains("V2__b.sql line 1", placeholder, "Nothing was run");
  }
}
