package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.contract.request.RunLimits;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pending migrations run on a clone first; what fails there has not touched the database. */
class RehearsalTest {
  @TempDir Path root;

  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job =
        new Job(root, database)
            .file("V1__images.sql", "CREATE TABLE images (id int PRIMARY KEY, size int);");
    job.sync("1");
  }

  @Test
  void aStatementThatNeverEndsIsEndedWithoutTouchingTheDatabase() {
    job.limits = new RunLimits(null, 5, 2);
    job.file("V2__sleep.sql", "CREATE TABLE t2 (id int);\nSELECT pg_sleep(3600);\n");
    var before = database.dump();

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.REHEARSAL_FAILED);
    assertThat(report.message()).contains("V2__sleep.sql line 2", "spec.job.limits.statement");
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void aScriptThatFailsInTheRehearsalHasNotTouchedTheDatabase() {
    var before = database.dump();

    var report = job.file("V2__x.sql", "CREATE TABLE t2 ();\nnonsense;").sync("2").report();

    assertThat(report.outcome()).isEqualTo(Outcome.REHEARSAL_FAILED);
    assertThat(report.message()).contains("V2__x.sql line 2", "not touched", "42601");
    assertThat(report.version()).isEqualTo("1");
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void aScriptThatOnlyAHandMadeViewStopsFailsInTheRehearsal() {
    database.execute(
        "CREATE SCHEMA reporting", "CREATE VIEW reporting.sizes AS SELECT size FROM images");
    var before = database.dump();

    var report =
        job.file("V2__x.sql", "ALTER TABLE images ALTER size TYPE bigint;").sync("2").report();

    assertThat(report.outcome()).isEqualTo(Outcome.REHEARSAL_FAILED);
    assertThat(report.message()).contains("view or rule");
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void aMigrationOfANewDatabaseIsRehearsedToo() {
    var fresh = Postgres.fresh();
    var first = new Job(root, fresh).file("V1__x.sql", "nonsense;");
    var before = fresh.dump();

    assertThat(first.sync("1").report().outcome()).isEqualTo(Outcome.REHEARSAL_FAILED);
    assertThat(fresh.dump()).isEqualTo(before);
  }

  @Test
  void aScriptThatDependsOnRowsMayEndInAnotherSchemaWhichIsFoundAfterwards() {
    database.execute("INSERT INTO images VALUES (1, 1)");

    var report =
        job.file(
                "V2__x.sql",
                """
                DO $$ BEGIN
                  IF EXISTS (SELECT FROM images) THEN CREATE TABLE surprise (); END IF;
                END $$;
                """)
            .sync("2")
            .report();

    assertThat(report.outcome()).isEqualTo(Outcome.RESULT_CONTRADICTED);
    assertThat(report.version()).isEqualTo("2");
    assertThat(report.migrationsApplied()).isEqualTo(1);
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Different);
    assertThat(report.message()).contains("table public.surprise");
  }

  @Test
  void aSyncThatEndsWellIsProvenAtItsVersion() {
    var report = job.file("V2__x.sql", "CREATE INDEX i ON images (size);").sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(report.proof().version()).isEqualTo("2");
    assertThat(report.schema()).isEqualTo(job.verify().report().schema());
  }

  @Test
  void withoutAScratchServerOnlyTheSchemaThatWasProvenIsMigrated() {
    job.withoutScratch().file("V2__x.sql", "CREATE TABLE t2 ();").file("V3__y.sql", "SELECT 1");

    var known = job.sync("2").report();
    database.execute("CREATE TABLE by_hand ()");
    var drifted = job.sync("3").report();

    assertThat(known.outcome()).as(known.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(known.proof().verdict()).isEqualTo(Verdict.Carried);
    assertThat(drifted.outcome()).isEqualTo(Outcome.PROOF_NEEDED);
    assertThat(drifted.version()).isEqualTo("2");
  }

  @Test
  void aPlanSaysWhatWouldBeDoneAndDoesNotDoIt() {
    var before = database.dump();
    job.file(
        "V2__x.sql",
        "CREATE TABLE t2 ();\nALTER TABLE images ALTER size TYPE bigint;\nDROP TABLE IF EXISTS x;");

    var report = job.version("2").plan().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    var plan = report.plan();
    assertThat(plan.from()).isEqualTo("1");
    assertThat(plan.to()).isEqualTo("2");
    assertThat(plan.migrations()).containsExactly("V2__x.sql");
    assertThat(plan.statements()).isEqualTo(3);
    assertThat(plan.appear()).isEqualTo(1);
    assertThat(plan.change()).isEqualTo(1);
    assertThat(plan.go()).isZero();
    assertThat(plan.destructive()).containsExactly("V2__x.sql: DROP TABLE IF EXISTS x");
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void onlyThePlanThatWasApprovedIsCarriedOut() {
    job.file("V2__x.sql", "CREATE TABLE t2 ();").version("2");
    job.approvedPlan = job.plan().report().plan().digest();
    job.file("V2__x.sql", "CREATE TABLE other ();");

    var changed = job.sync().report();
    job.file("V2__x.sql", "CREATE TABLE t2 ();");
    var same = job.sync().report();

    assertThat(changed.outcome()).isEqualTo(Outcome.PLAN_CHANGED);
    assertThat(changed.migrationsApplied()).isZero();
    assertThat(same.outcome()).as(same.message()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void migrationsThatCreateRolesExtensionsAndSchemasAreBuiltAgainFromNothing() {
    var name = database.name() + "_made";
    database.admin("ALTER ROLE " + database.user() + " CREATEROLE");
    job.file(
        "V2__x.sql",
        """
        CREATE ROLE %1$s;
        CREATE SCHEMA app;
        CREATE EXTENSION IF NOT EXISTS citext;
        CREATE TABLE app.t (c citext);
        GRANT SELECT ON images TO %1$s;
        """
            .formatted(name));
    job.file("V3__y.sql", "CREATE INDEX i ON images (size);");

    var first = job.sync("2").report();
    job.proof = ProofRules.STRICT;
    var second = job.sync("3").report();

    assertThat(first.outcome()).as(first.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(second.outcome()).as(second.message()).isEqualTo(Outcome.SUCCEEDED);
  }
}
