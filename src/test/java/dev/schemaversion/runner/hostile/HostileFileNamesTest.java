package dev.schemaversion.runner.hostile;

import static dev.schemaversion.runner.hostile.HostileFiles.TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.Job;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file whose name is not that of a migration is rejected, and no component interprets a file
 * name.
 */
class HostileFileNamesTest {
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
        "V2__sql.sql.bak",
        "afterMigrate.sh",
        "beforeConnect.sh",
      })
  void aFileThatIsNotSqlIsRejectedAndNamed(String file) {
    job.image("/m").imageFile("/m/V1__a.sql", "SELECT 1");
    job.imageFile("/m/" + file, files.script());

    assertThat(files.refused()).contains(file + ": ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "V2__sql.sql.conf",
        ".V2__hidden.sql",
        "..V2__hidden.sql",
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
  void aFileThatIsNoMigrationIsIgnoredAndListed(String file) {
    job.image("/m").imageFile("/m/V1__a.sql", "SELECT 1");
    job.imageFile("/m/" + file, files.script());

    var ended = job.sync("1");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.log()).contains("files that are no migrations, ignored: " + file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"V1.1__sql.ſql", "beforeMigrate.sql", "createSchema.sql", "R__x.sql"})
  void aFileOfSqlIsRunAsSqlAndNeverAsAScript(String file) {
    job.image("/m").imageFile("/m/V1__a.sql", "SELECT 1").imageFile("/m/V2__a.sql", "SELECT 1");
    job.imageFile("/m/" + file, files.script());

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.REHEARSAL_FAILED);
    assertThat(report.message()).contains(file + " line 1");
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
  void aFileNameIsNotInterpreted(String file) {
    job.image("/m").imageFile("/m/V1__a.sql", "SELECT 1").imageFile("/m/" + file, TABLE);

    files.assertSucceeded();
    assertThat(files.database.query("SELECT script FROM flyway_schema_history WHERE version = '2'"))
        .containsExactly(file);
  }

  @Test
  void aLongFileNameIsNotInterpreted() {
    job.file("V2__" + "x".repeat(247) + ".sql", TABLE);

    files.assertSucceeded();
  }

  @Test
  void keysThatCollideBetweenSourcesAreRejected() {
    job.file(1, "V1__table_1.sql", "DROP TABLE t1".getBytes(StandardCharsets.UTF_8));

    assertThat(job.sync("1").report().message()).contains("V1__table_1.sql is in two sources");

    job.file(1, "V1__other.sql", "DROP TABLE t1".getBytes(StandardCharsets.UTF_8));
    assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.DUPLICATE_VERSION);
  }
}
