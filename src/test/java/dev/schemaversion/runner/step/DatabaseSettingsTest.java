package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.request.KnownSchema;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A scratch database takes over the settings of the real one, so the first proof records them, and
 * later ones compare with the record.
 */
class DatabaseSettingsTest {
  @TempDir Path root;
  private TestDatabase database;
  private Job job;

  private void onMariaDb() {
    database = MariaDb.fresh();
    database.execute("ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
    job =
        new Job(root, database)
            .file("V1__t.sql", "CREATE TABLE t (a varchar(9)) CHARACTER SET utf8mb4;")
            .file("V2__set.sql", "ALTER DATABASE CHARACTER SET ascii COLLATE ascii_bin;")
            .tables(3);
  }

  private void onPostgreSql() {
    database = Postgres.fresh();
    job =
        new Job(root, database)
            .tables(1)
            .file("V2__set.sql", "ALTER DATABASE " + database.name() + " SET search_path = a;")
            .file("V3__t.sql", "CREATE TABLE public.t3 ();");
  }

  @Test
  void anotherCharacterSetOfTheDatabaseIsDriftUntilItIsUndoneOrAccepted() {
    onMariaDb();
    var proven = succeeded(job.sync("1")).schema();
    database.execute("ALTER DATABASE CHARACTER SET latin1 COLLATE latin1_bin");

    assertThat(job.verify().report().schema()).isNotEqualTo(proven);
    var drifted = job.prove().report();

    assertThat(drifted.outcome()).as(drifted.message()).isEqualTo(Outcome.DRIFTED);
    assertThat(drifted.proof().first())
        .containsExactly(
            "- setting character_set_database: utf8mb4\n+ setting character_set_database: latin1",
            "- setting collation_database: utf8mb4_bin\n+ setting collation_database: latin1_bin");
    assertThat(drifted.message())
        .contains("setting character_set_database: latin1")
        .contains("Undo the change", "set spec.baseline.acceptDifference");
    assertThat(job.sync("2").report().outcome()).isEqualTo(Outcome.DRIFTED);

    database.execute("ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
    assertThat(job.verify().report().schema()).isEqualTo(proven);

    database.execute("ALTER DATABASE CHARACTER SET latin1 COLLATE latin1_bin");
    accept(drifted.proof().digest());
    assertThat(succeeded(job.prove()).proof().verdict()).isEqualTo(Verdict.Accepted);
    assertThat(succeeded(job.sync("3")).proof().verdict()).isEqualTo(Verdict.Equal);
  }

  @Test
  void aSettingOfDatabaseOrRoleIsDriftUnlessItIsIgnored() {
    onPostgreSql();
    succeeded(job.sync("1"));
    database.admin(
        "ALTER DATABASE " + database.name() + " SET \"DateStyle\" = 'German'",
        "ALTER ROLE " + database.user() + " SET search_path = public, a");

    var drifted = job.prove().report();

    assertThat(drifted.outcome()).as(drifted.message()).isEqualTo(Outcome.DRIFTED);
    assertThat(drifted.proof().first())
        .containsExactly(
            "+ setting DateStyle: German",
            "+ setting search_path (role " + database.user() + ", all databases): public, a");
    var known = job.proof.known();
    job.proof = new ProofRules(List.of("setting *"), null, List.of(), known);
    assertThat(succeeded(job.prove()).proof().verdict()).isEqualTo(Verdict.Equal);
    job.proof = new ProofRules(List.of(), null, List.of(), job.proof.known());
    assertThat(job.prove().report().outcome()).isEqualTo(Outcome.DRIFTED);
  }

  @Test
  void whatMigrationsSetIsRecordedAndIsNoDrift() {
    onPostgreSql();
    assertThat(succeeded(job.sync("1")).proof().basis().settings())
        .doesNotContainKey("search_path");

    assertThat(succeeded(job.sync("2")).proof().basis().settings())
        .containsEntry("search_path", "a")
        .containsEntry("encoding", "UTF8");
    assertThat(succeeded(job.withoutScratch().sync("3")).proof().verdict())
        .isEqualTo(Verdict.Carried);
    database.admin("ALTER DATABASE " + database.name() + " RESET search_path");

    assertThat(job.prove().report().proof().first()).containsExactly("- setting search_path: a");
  }

  @Test
  void whatWasNotRecordedBeforeIsRecordedWithTheNextProof() {
    onMariaDb();
    succeeded(job.sync("1"));
    var known = job.proof.known();
    database.execute("ALTER DATABASE CHARACTER SET latin1 COLLATE latin1_bin");
    job.proof =
        new ProofRules(List.of(), null, List.of(), new KnownSchema("1", known.schema(), null));

    var proven = job.prove();

    assertThat(proven.log()).contains("the settings of the database were not recorded before");
    assertThat(succeeded(proven).proof().basis().settings())
        .containsEntry("character_set_database", "latin1")
        .containsKeys("sql_mode", "lower_case_table_names");
  }

  private void accept(String digest) {
    job.proof = new ProofRules(List.of(), digest, job.proof.accepted(), job.proof.known());
  }

  private static Report succeeded(Job.Ended ended) {
    assertThat(ended.report().outcome()).as(ended.report().message()).isEqualTo(Outcome.SUCCEEDED);
    return ended.report();
  }
}
