package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.FlywayOptions.Checksums;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Report.BaselineSource;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.runner.Job;
import dev.schemaversion.runner.mariadb.MariaDb.Product;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.MariaDbServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Jobs on a MariaDB where nothing is half done. */
class MariaDbRunTest {
  private static final String HISTORY =
      "SELECT CONCAT(type, ' ', version, ' ', success) FROM flyway_schema_history"
          + " ORDER BY installed_rank";

  @TempDir Path root;
  private MariaDb.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = MariaDb.fresh();
    job = new Job(root, database).tables(1, 2, 3);
  }

  @Test
  void takesAnEmptyDatabaseToTheWantedVersionAndNoFurther() {
    assertThat(job.version("2").baseline().report().baseline())
        .isEqualTo(new Report.Baseline(BaselineSource.EMPTY, null));

    var ended = job.sync("2");

    assertSucceeded(ended, "2", 2);
    assertThat(ended.report().proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(ended.report().serverVersion()).startsWith(MariaDb.release() + ".");
    assertThat(database.query(HISTORY)).containsExactly("SQL 1 1", "SQL 2 1");
    assertThat(database.query("SHOW TABLES LIKE 't_'")).containsExactly("t1", "t2");
  }

  @Test
  void goesOnFromWhereTheDatabaseIsAndIsLeftAsItIsWhenItIsThere() {
    job.sync("2");

    assertSucceeded(job.sync("3"), "3", 1);
    var before = database.dump();
    assertSucceeded(job.sync("3"), "3", 0);
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void aDatabaseWithTablesAndNoHistoryNeedsAClaimAndTheVersionItEqualsIsNamed() {
    database.execute("CREATE TABLE t1 (id int)", "CREATE TABLE t2 (id int)");
    var before = database.dump();

    var report = job.version("3").baseline().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.BASELINE_REQUIRED);
    assertThat(report.message()).contains("2 objects (table t1, table t2)", "equals version 2");
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void whatAMigrationMakesInAnotherDatabaseCannotBeProvenAndTheMessageSaysWhatToDo() {
    job.file("V4__other.sql", "CREATE TABLE other_database.t (id int);").sync("3");

    var rehearsed = job.sync("4").report();
    job.proof = ProofRules.STRICT;
    database.execute(
        "INSERT INTO flyway_schema_history SELECT 4, '4', 'other', type, 'V4__other.sql', checksum,"
            + " installed_by, installed_on, 1, 1 FROM flyway_schema_history LIMIT 1");
    var proven = job.options(o -> o.checksums(Checksums.IGNORE)).baseline().report();

    assertThat(rehearsed.outcome()).as(rehearsed.message()).isEqualTo(Outcome.REHEARSAL_FAILED);
    assertThat(proven.outcome()).as(proven.message()).isEqualTo(Outcome.REPLAY_FAILED);
    assertThat(rehearsed.message()).contains("in another database cannot be proven");
    assertThat(proven.message())
        .contains("Give that database migrations and a SchemaVersion of its own")
        .contains("set spec.baseline.acceptDifference to " + proven.proof().digest());
  }

  @Test
  void aTrueClaimIsStampedAndMigratedFromThere() {
    database.execute("CREATE TABLE t1 (id int)", "CREATE TABLE t2 (id int)");

    var report = job.baseline("2").baseline().report();

    assertThat(report.baseline())
        .as(report.message())
        .isEqualTo(new Report.Baseline(BaselineSource.PROVEN, "2"));
    assertSucceeded(job.sync("3"), "3", 1);
    assertThat(database.query(HISTORY)).containsExactly("BASELINE 2 1", "SQL 3 1");
  }

  /** How the Ubuntu packagers of Glance found it in 2012. */
  @Test
  void childTablesThatWereCreatedAsMyIsamWithoutTheirForeignKeysRefuteTheClaim() {
    job =
        new Job(root, database)
            .file(
                "V13__images.sql",
                """
                CREATE TABLE images (id int PRIMARY KEY) ENGINE=InnoDB;
                CREATE TABLE image_members (
                  id int PRIMARY KEY, image_id int NOT NULL,
                  CONSTRAINT of_image FOREIGN KEY (image_id) REFERENCES images (id)) ENGINE=InnoDB;
                """);
    database.execute(
        "CREATE TABLE images (id int PRIMARY KEY) ENGINE=InnoDB",
        "CREATE TABLE image_members (id int PRIMARY KEY, image_id int NOT NULL,"
            + " CONSTRAINT of_image FOREIGN KEY (image_id) REFERENCES images (id)) ENGINE=MyISAM");
    var before = database.dump();

    var report = job.version("13").baseline("13").baseline().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.CLAIM_REFUTED);
    assertThat(report.message()).contains("of_image").containsIgnoringCase("MyISAM");
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void aHistoryIsAClaimTooAndAnIndexDroppedByHandContradictsIt() {
    job.file("V4__index.sql", "CREATE INDEX i ON t1 (id)").sync("4");
    database.execute("DROP INDEX i ON t1");
    job.proof = ProofRules.STRICT;

    var report = job.baseline().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.HISTORY_CONTRADICTED);
    assertThat(job.verify().report().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void aScriptThatFailsInTheRehearsalHasNotTouchedTheDatabase() {
    job.sync("1");
    database.execute("CREATE VIEW by_hand AS SELECT id FROM t1");
    job.proof = new ProofRules(List.of("* by_hand*"), null, List.of(), null);
    var before = database.dump();

    var report =
        job.file("V2__table_2.sql", "CREATE TABLE t2 (id int);\nCREATE TABLE by_hand (id int);")
            .sync("2")
            .report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.REHEARSAL_FAILED);
    assertThat(report.message()).contains("V2__table_2.sql line 2", "not touched", "42S01");
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void programsViewsTriggersAndEventsAreClonedProvenAndMigratedOn() {
    job =
        new Job(root, database)
            .file(
                "V1__all.sql",
                """
                CREATE TABLE a (id int PRIMARY KEY AUTO_INCREMENT, n int NOT NULL DEFAULT 1,
                  twice int AS (n * 2) STORED, CHECK (n > 0));
                %s
                CREATE FUNCTION plus_one(x int) RETURNS int DETERMINISTIC RETURN x + 1;
                CREATE VIEW inner_view AS SELECT id, plus_one(n) AS m FROM a;
                CREATE VIEW an_outer_view AS SELECT m FROM inner_view;
                DELIMITER //
                CREATE TRIGGER before_a BEFORE INSERT ON a FOR EACH ROW
                BEGIN
                  IF NEW.n IS NULL THEN SET NEW.n = 1; END IF;
                END//
                CREATE PROCEDURE fill() BEGIN INSERT INTO a (n) VALUES (1); END//
                CREATE EVENT tick ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM a WHERE n < 0//
                DELIMITER ;
                INSERT INTO a (n) VALUES (7);
                """
                    .formatted(
                        MariaDb.product() == Product.MARIADB ? "CREATE SEQUENCE numbers;" : ""));
    assertSucceeded(job.sync("1"), "1", 1);

    var ended = job.file("V2__more.sql", "ALTER TABLE a ADD COLUMN note text;").sync("2");

    assertSucceeded(ended, "2", 1);
    assertThat(ended.report().proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(database.query("SELECT n FROM a")).containsExactly("7");
  }

  @Test
  void whatTheServerRefusesBecauseItLogsIsRefusedInTheRehearsalAlready() {
    var logs =
        MariaDb.fresh(MariaDbServer.start(MariaDb.LOGGING, "--log-bin-trust-function-creators=0"));
    job =
        new Job(root, logs)
            .file(
                "V1__x.sql",
                "CREATE TABLE t (a int);\nCREATE FUNCTION f() RETURNS int DETERMINISTIC RETURN 1;\n");

    var report = job.sync("1").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.REHEARSAL_FAILED);
    assertThat(report.message()).contains("V1__x.sql line 2", "log_bin_trust_function_creators");
    assertThat(logs.query("SHOW TABLES")).isEmpty();
  }

  @Test
  void aPlanSaysWhatWouldBeDoneAndDoesNothing() {
    job.sync("1");
    var before = database.dump();

    var report = job.version("3").plan().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.plan().migrations()).containsExactly("V2__table_2.sql", "V3__table_3.sql");
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void neitherRowsNorThePasswordArePrinted() {
    job =
        new Job(root, database)
            .file(
                "V1__x.sql",
                """
                CREATE TABLE people (name varchar(40) UNIQUE);
                INSERT INTO people VALUES ('Ada Lovelace');
                SELECT * FROM people;
                """)
            .file("V2__y.sql", "INSERT INTO people SELECT name FROM people;");
    assertSucceeded(job.sync("1"), "1", 1);

    var ended = job.withoutScratch().sync("2");

    assertThat(ended.report().outcome()).isEqualTo(Outcome.MIGRATION_FAILED);
    assertThat(ended.report().message()).contains("Duplicate entry '…' for key '");
    assertThat(ended.log()).doesNotContain("Lovelace", MariaDb.PASSWORD, "jdbc:");
  }

  private static void assertSucceeded(Job.Ended ended, String version, int applied) {
    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.report().version()).isEqualTo(version);
    assertThat(ended.report().migrationsApplied()).isEqualTo(applied);
  }
}
