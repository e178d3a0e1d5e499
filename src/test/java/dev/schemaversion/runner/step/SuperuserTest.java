package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrations that only a superuser can run, and what the scratch server permits of them. */
class SuperuserTest {
  private static final String FDW =
      """
      CREATE EXTENSION postgres_fdw;
      CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'other.example.org');
      CREATE FOREIGN TABLE remote (id int) SERVER other;
      """;

  @TempDir Path root;

  private Postgres.Database database;
  private Job job;

  private void prepare(int major) {
    database = major == 18 ? Postgres.fresh18() : Postgres.fresh();
    database.admin("ALTER ROLE " + database.user() + " SUPERUSER");
    job = new Job(root, database);
    job.scratch = major == 18 ? Postgres.scratch18() : Postgres.scratch();
  }

  private void permit(List<String> extensions, Boolean superuser) {
    job.scratch =
        new RequestedScratch(job.scratch.host(), job.scratch.port(), extensions, superuser);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE EXTENSION postgres_fdw",
        "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
            + " CREATE EVENT TRIGGER t ON ddl_command_end EXECUTE FUNCTION f()",
        "CREATE ROLE schemaversion_test_admin SUPERUSER"
      })
  void whatOnlyASuperuserMayDoIsRefusedWithBothFieldsThatMayPermitIt(String statement) {
    prepare(15);
    var fromNothing = job.file("V1__x.sql", statement + ";\n").sync("1").report();
    job.tables(1).without("V1__x.sql").sync("1");
    var onClone = job.file("V2__x.sql", statement + ";\n").sync("2").report();

    for (var report : List.of(fromNothing, onClone)) {
      assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.REHEARSAL_FAILED);
      assertThat(report.message())
          .contains("42501", "spec.proof.scratch.extensions", "spec.proof.scratch.superuser: true")
          .contains("The operator's settings must permit it");
    }
  }

  @Test
  void aUserThatIsNoSuperuserGetsNoSuchHint() {
    prepare(15);
    database.admin("ALTER ROLE " + database.user() + " NOSUPERUSER");
    permit(List.of("postgres_fdw"), true);

    var report = job.file("V1__x.sql", FDW).sync("1").report();

    assertThat(report.outcome()).isEqualTo(Outcome.REHEARSAL_FAILED);
    assertThat(report.message()).contains("42501").doesNotContain("spec.proof.scratch");
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 18})
  void aPermittedExtensionIsCreatedByTheMigrationsThemselves(int major) {
    prepare(major);
    permit(List.of("postgres_fdw", "earthdistance"), null);
    job.file("V1__fdw.sql", FDW)
        .file("V2__x.sql", "CREATE EXTENSION IF NOT EXISTS earthdistance CASCADE;\n");

    var first = job.sync("2");
    job.proof = ProofRules.STRICT;
    var proven = job.sync("2");

    assertThat(first.report().outcome()).as(first.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(proven.report().outcome()).as(proven.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(proven.report().proof().verdict()).isEqualTo(Verdict.Equal);
  }

  @Test
  void aPermittedExtensionIsCreatedOnACloneToo() {
    prepare(15);
    permit(List.of("postgres_fdw", "earthdistance"), null);
    job.tables(1).sync("1");
    var second = job.file("V2__fdw.sql", FDW).sync("2");
    var third = job.file("V3__x.sql", "CREATE EXTENSION earthdistance CASCADE;\n").sync("3");

    assertThat(second.report().outcome()).as(second.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(third.report().outcome()).as(third.log()).isEqualTo(Outcome.SUCCEEDED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE EXTENSION file_fdw",
        "CREATE EXTENSION earthdistance CASCADE",
        "CREATE EXTENSION postgres_fdw; COPY (SELECT 1) TO PROGRAM 'true'",
        "CREATE EXTENSION postgres_fdw; CREATE ROLE schemaversion_test_admin SUPERUSER"
      })
  void aPermittedExtensionPermitsNothingElse(String statements) {
    prepare(15);
    permit(List.of("postgres_fdw"), null);

    var report = job.file("V1__x.sql", statements + ";\n").sync("1").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.REHEARSAL_FAILED);
    assertThat(report.message()).contains("42501");
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 18})
  void aPermittedSuperuserRunsWhatItRunsOnTheRealServer(int major) {
    prepare(major);
    permit(null, true);
    var role = database.name() + "_admin";
    job.file(
            "V1__x.sql",
            """
            CREATE ROLE %s SUPERUSER;
            CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
            CREATE EVENT TRIGGER t ON ddl_command_end EXECUTE FUNCTION f();
            """
                .formatted(role))
        .file("V2__fdw.sql", FDW);

    var built = job.sync("2");
    job.proof = ProofRules.STRICT;
    var proven = job.sync("2");

    assertThat(built.report().outcome()).as(built.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(proven.report().outcome()).as(proven.log()).isEqualTo(Outcome.SUCCEEDED);
    database.admin("DROP ROLE " + role);
  }

  @Test
  void aPermittedSuperuserIsSuperuserOnACloneToo() {
    prepare(15);
    permit(null, true);
    job.tables(1).sync("1");
    job.file(
            "V2__x.sql",
            """
            CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
            CREATE EVENT TRIGGER t ON ddl_command_end EXECUTE FUNCTION f();
            """)
        .file("V3__fdw.sql", FDW);

    var second = job.sync("2");
    var third = job.sync("3");

    assertThat(second.report().outcome()).as(second.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(third.report().outcome()).as(third.log()).isEqualTo(Outcome.SUCCEEDED);
  }
}
