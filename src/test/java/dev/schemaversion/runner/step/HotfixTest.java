package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Objects that were created by hand, and that the next migrations create too. */
class HotfixTest {
  private static final String MADE_BY_HAND = "CREATE INDEX ix_owner ON images (owner)";
  private static final String MIGRATION =
      "CREATE INDEX IF NOT EXISTS ix_owner ON images (owner);\n";

  @TempDir Path root;
  private TestDatabase database;
  private Job job;

  private void prepare(OnEngine engine) {
    database = engine.fresh();
    job =
        new Job(root, database)
            .file("V1__images.sql", "CREATE TABLE images (id int PRIMARY KEY, owner int);\n");
    var report = job.sync("1").report();
    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
  }

  @ParameterizedTest
  @EnumSource
  void anIndexMadeByHandIsAdoptedByTheMigrationThatCreatesIt(OnEngine engine) {
    prepare(engine);
    database.execute(MADE_BY_HAND, "INSERT INTO images VALUES (1, 1)");
    job.file("V2__index.sql", MIGRATION).file("V3__rows.sql", "UPDATE images SET owner = 2;\n");

    var sync = job.sync("3");

    assertThat(sync.report().outcome()).as(sync.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(sync.report().adopted()).singleElement().asString().contains("index", "ix_owner");
    assertThat(sync.report().message())
        .contains("The sync adopted objects that were created by hand")
        .contains("ix_owner");
    assertThat(sync.report().proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(sync.report().proof().version()).isEqualTo("3");
    assertThat(sync.written()).isEqualTo(sync.report());
    assertThat(database.query("SELECT owner FROM images")).containsExactly("2");
    assertThat(job.verify().report().schema()).isEqualTo(job.proof.known().schema());
  }

  @ParameterizedTest
  @EnumSource
  void aColumnAndATableAreAdoptedAlsoWhereNothingIsOnRecord(OnEngine engine) {
    prepare(engine);
    database.execute("CREATE TABLE extra (id int)", "ALTER TABLE images ADD COLUMN size int");
    job.file("V2__extra.sql", "CREATE TABLE IF NOT EXISTS extra (id int);\n")
        .file("V3__size.sql", "ALTER TABLE images ADD COLUMN IF NOT EXISTS size int;\n");
    job.proof = ProofRules.STRICT;

    var sync = job.sync("3");

    assertThat(sync.report().outcome()).as(sync.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(String.join(" ", sync.report().adopted())).contains("extra", "images.size");
  }

  @ParameterizedTest
  @EnumSource
  void aPlanShowsWhatASyncAdoptsAndSaysNothingAboutThePresentVersion(OnEngine engine) {
    prepare(engine);
    database.execute(MADE_BY_HAND);
    job.file("V2__index.sql", MIGRATION).version("2");
    var before = database.dump();

    var plan = job.plan();
    job.approvedPlan = plan.report().plan().digest();
    var after = database.dump();
    var sync = job.sync();

    assertThat(plan.report().outcome()).as(plan.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(plan.report().plan().adopted()).singleElement().asString().contains("ix_owner");
    assertThat(plan.report().message()).contains("a sync adopts objects", "ix_owner");
    assertThat(plan.report().proof()).isNull();
    assertThat(plan.report().schema()).isNull();
    assertThat(after).isEqualTo(before);
    assertThat(sync.report().outcome()).as(sync.log()).isEqualTo(Outcome.SUCCEEDED);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POSTGRESQL | another definition        | CREATE INDEX ix_owner ON images (id)
          POSTGRESQL | one more object           | CREATE INDEX ix_owner ON images (owner); CREATE TABLE more (id int)
          POSTGRESQL | an object that is missing | CREATE INDEX ix_owner ON images (owner); ALTER TABLE images DROP CONSTRAINT images_pkey
          POSTGRESQL | an object that differs    | CREATE INDEX ix_owner ON images (owner); ALTER TABLE images ALTER COLUMN owner TYPE bigint
          MARIADB    | another definition        | CREATE INDEX ix_owner ON images (id)
          MARIADB    | one more object           | CREATE INDEX ix_owner ON images (owner); CREATE TABLE more (id int)
          MARIADB    | an object that is missing | CREATE INDEX ix_owner ON images (owner); ALTER TABLE images DROP PRIMARY KEY
          MARIADB    | an object that differs    | CREATE INDEX ix_owner ON images (owner); ALTER TABLE images MODIFY owner bigint
          """)
  void anyOtherDifferenceIsRefusedAsEver(OnEngine engine, String what, String byHand) {
    prepare(engine);
    database.execute(byHand.split("; "));
    job.file("V2__index.sql", MIGRATION);

    refused(Outcome.DRIFTED);
  }

  @ParameterizedTest
  @EnumSource
  void aMigrationThatDoesNotRunBesideTheObjectIsRefusedWithWhatToWrite(OnEngine engine) {
    prepare(engine);
    database.execute(MADE_BY_HAND);
    job.file("V2__index.sql", MADE_BY_HAND + ";\n");

    var message = refused(Outcome.DRIFTED);

    assertThat(message)
        .contains("acceptDifference to sha256:")
        .contains("do not run where they exist already", "IF NOT EXISTS", "V2__index.sql line 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POSTGRESQL | INSERT INTO images VALUES (7, 7)
          POSTGRESQL | DO $$ BEGIN DELETE FROM images; END $$
          POSTGRESQL | ALTER TABLE images ALTER owner TYPE int USING owner * 2
          MARIADB    | UPDATE images SET owner = owner + 1
          MARIADB    | CREATE OR REPLACE TABLE gone (id int)
          """)
  void aScriptThatMayHaveRunByHandAndChangesRowsIsRefused(OnEngine engine, String statement) {
    prepare(engine);
    database.execute(MADE_BY_HAND);
    job.file("V2__index.sql", MIGRATION + statement + ";\n");

    assertThat(refused(Outcome.DRIFTED))
        .contains("V2__index.sql", "may change rows", "migration of its own");
  }

  @ParameterizedTest
  @EnumSource
  void afterALostRunAndWithoutARehearsalNothingIsAdopted(OnEngine engine) {
    prepare(engine);
    database.execute(MADE_BY_HAND);
    job.file("V2__index.sql", MIGRATION);
    job.afterLost = true;
    assertThat(refused(Outcome.DRIFTED)).contains("An earlier sync was interrupted");

    job.afterLost = false;
    job.withoutScratch();
    refused(Outcome.PROOF_NEEDED);
  }

  @ParameterizedTest
  @EnumSource
  void whatWasAcceptedStaysAcceptedBesideAHotfix(OnEngine engine) {
    prepare(engine);
    database.execute("CREATE TABLE by_hand (id int)");
    var digest = job.sync().report().proof().digest();
    job.proof = new ProofRules(List.of(), digest, List.of(), null);
    assertThat(job.sync().report().proof().verdict()).isEqualTo(Verdict.Accepted);
    database.execute(MADE_BY_HAND);
    job.file("V2__index.sql", MIGRATION);

    var sync = job.sync("2");

    assertThat(sync.report().outcome()).as(sync.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(sync.report().proof().verdict()).isEqualTo(Verdict.Accepted);
    assertThat(sync.report().adopted()).singleElement().asString().contains("ix_owner");
  }

  @ParameterizedTest
  @EnumSource
  void aMigrationThatFailsAfterwardsLeavesTheProofThatWasOnRecord(OnEngine engine) {
    prepare(engine);
    database.execute(MADE_BY_HAND, "INSERT INTO images VALUES (1, 1)");
    job.file("V2__index.sql", MIGRATION + "ALTER TABLE images ADD CONSTRAINT c CHECK (id <> 1);\n");

    var report = job.sync("2").report();

    assertThat(report.proof()).as(report.message()).isNull();
    assertThat(report.adopted()).isNull();
  }

  private String refused(Outcome outcome) {
    var before = database.dump();
    var ended = job.sync("2");
    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(outcome);
    assertThat(ended.report().adopted()).isNull();
    if (outcome != Outcome.PROOF_NEEDED) {
      assertThat(ended.report().proof().verdict()).isEqualTo(Verdict.Different);
      assertThat(ended.report().schema()).isNotNull();
    }
    assertThat(database.dump()).isEqualTo(before);
    return ended.report().message();
  }
}
