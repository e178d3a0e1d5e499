package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.contract.request.RequestedRehearsal;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code spec.proof.rehearsal} does: pending migrations meet rows, or no clone at all. */
class RowsRehearsalTest {
  /** It is in a row, and must be nowhere else. */
  private static final String SECRET = "alice.secret@example.org";

  private static final long MEBI = 1L << 20;

  @TempDir Path root;
  private TestDatabase database;
  private Job job;

  /** A database with users, one without a name, and their orders. */
  private void prepare(OnEngine engine) {
    database = engine.fresh();
    job =
        new Job(root, database)
            .file(
                "V1__users.sql",
                """
                CREATE TABLE users (id int PRIMARY KEY, email varchar(100), name varchar(100));
                CREATE TABLE orders (id int PRIMARY KEY, owner int,
                  CONSTRAINT orders_owner FOREIGN KEY (owner) REFERENCES users (id));
                CREATE TABLE roles (id int);
                INSERT INTO roles VALUES (1);
                """);
    succeeds(job.sync("1"));
    database.execute(
        "INSERT INTO users VALUES (1, '%1$s', 'alice'), (2, '%1$s', NULL)".formatted(SECRET),
        "INSERT INTO orders VALUES (1, 2)");
  }

  private void rows(long maxSize, String... tables) {
    job.rehearsal = new RequestedRehearsal(RequestedRehearsal.Mode.ROWS, List.of(tables), maxSize);
  }

  private static Report succeeds(Job.Ended ended) {
    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    return ended.report();
  }

  /** Refused, with the database untouched and no row in what is shown. */
  private Report refused(Outcome outcome) {
    var before = database.dump();
    var ended = job.sync("2");
    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(outcome);
    assertThat(database.dump()).isEqualTo(before);
    assertThat(ended.log() + Codec.write(ended.written()))
        .doesNotContain(SECRET)
        .doesNotContain("alice")
        .doesNotContain(database.password());
    return ended.report();
  }

  static Stream<Arguments> scriptsThatRowsStop() {
    return Arrays.stream(OnEngine.values())
        .flatMap(
            engine ->
                Stream.of(
                        "CREATE UNIQUE INDEX users_email ON users (email);",
                        engine == OnEngine.POSTGRESQL
                            ? "ALTER TABLE users ALTER name SET NOT NULL;"
                            : "ALTER TABLE users MODIFY name varchar(100) NOT NULL;",
                        engine == OnEngine.POSTGRESQL
                            ? "ALTER TABLE users ALTER email TYPE int USING email::int;"
                            : "ALTER TABLE users MODIFY email int;",
                        "ALTER TABLE users ADD CONSTRAINT long_id CHECK (id > 1);")
                    .map(sql -> Arguments.of(engine, sql)));
  }

  @ParameterizedTest
  @MethodSource("scriptsThatRowsStop")
  void whatRowsStopIsFoundBeforeTheDatabaseIsTouched(OnEngine engine, String sql) {
    prepare(engine);
    rows(100 * MEBI);
    job.file("V2__x.sql", sql);

    var report = refused(Outcome.REHEARSAL_FAILED);

    assertThat(report.message())
        .contains("on a clone of the schema, with rows", "V2__x.sql line 1", "not touched");
    assertThat(report.failure().statement()).isNotBlank();
  }

  private static String needsRow(OnEngine engine, String table) {
    return (engine == OnEngine.POSTGRESQL ? NEEDS_ROWS : NEEDS_ROWS_MARIADB).formatted(table);
  }

  private static final String NEEDS_ROWS =
      """
      DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM %s) THEN RAISE EXCEPTION 'there is no row'; END IF;
      END $$;
      """;

  /** The delimiter is that of the clients. */
  private static final String NEEDS_ROWS_MARIADB =
      """
      DELIMITER //
      BEGIN NOT ATOMIC
        IF NOT EXISTS (SELECT 1 FROM %s) THEN
          SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'there is no row';
        END IF;
      END//
      DELIMITER ;
      """;

  @ParameterizedTest
  @EnumSource
  void aScriptThatNeedsARowPassesWithRowsAndFailsWithoutThemWithAWayOut(OnEngine engine) {
    prepare(engine);
    job.file("V2__x.sql", needsRow(engine, "roles"));

    var without = refused(Outcome.REHEARSAL_FAILED);
    rows(100 * MEBI, "roles");
    var with = job.sync("2");

    assertThat(without.message())
        .contains("there is no row", "set spec.proof.rehearsal.mode to Rows", "or to Off");
    assertThat(succeeds(with).proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(with.log()).contains("copying the rows of 1 table", "copied 1 rows");
    assertThat(with.log()).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @EnumSource
  void aScriptThatNeedsARowOfAProgramPassesWithRowsOnceItIsAcceptedThatNothingElseBuildsIt(
      OnEngine engine) {
    prepare(engine);
    job.file("V2__x.sql", needsRow(engine, "users"));
    rows(100 * MEBI);

    var refused = refused(Outcome.REPLAY_FAILED);
    job.proof = new ProofRules(List.of(), refused.proof().digest(), List.of(), job.proof.known());
    var accepted = job.sync("2");

    assertThat(refused.message())
        .contains("On the clone with rows the pending migrations ran", "acceptDifference");
    assertThat(succeeds(accepted).proof().verdict()).isEqualTo(Verdict.Accepted);
  }

  @ParameterizedTest
  @EnumSource
  void withoutAClonePendingScriptsRunAtOnceAndTheirResultIsProven(OnEngine engine) {
    prepare(engine);
    job.file("V2__x.sql", needsRow(engine, "roles"));
    job.withoutClone();

    var ended = job.sync("2");

    assertThat(succeeds(ended).proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(ended.report().proof().version()).isEqualTo("2");
    assertThat(ended.log()).doesNotContain("on a clone");
  }

  @ParameterizedTest
  @EnumSource
  void withoutACloneAScriptThatNothingElseBuildsIsRefusedEvenIfThatIsAccepted(OnEngine engine) {
    prepare(engine);
    job.file("V2__x.sql", needsRow(engine, "users"));
    rows(100 * MEBI);
    var digest = refused(Outcome.REPLAY_FAILED).proof().digest();
    job.proof = new ProofRules(List.of(), digest, List.of(), job.proof.known());
    job.withoutClone();

    assertThat(refused(Outcome.REHEARSAL_FAILED).message())
        .contains("spec.proof.rehearsal.mode is Off", "to Schema or Rows");
  }

  @ParameterizedTest
  @EnumSource
  void tablesThatTheNamedOnesReferToAreCopiedToo(OnEngine engine) {
    prepare(engine);
    job.file("V2__x.sql", "UPDATE orders SET owner = 1; CREATE TABLE later (id int);");
    rows(100 * MEBI, "orders", "nowhere");

    var ended = job.sync("2");

    assertThat(succeeds(ended).message()).contains("nowhere", "spec.proof.rehearsal.tables");
    assertThat(ended.log()).contains("copying the rows of 2 tables", "copied 3 rows");
  }

  @ParameterizedTest
  @EnumSource
  void tablesThatAreTooLargeTogetherAreRefusedBeforeAnythingIsCopied(OnEngine engine) {
    prepare(engine);
    job.file("V2__x.sql", "CREATE TABLE later (id int);");

    rows(1);
    var all = refused(Outcome.CLONE_FAILED);
    rows(1, "orders");
    var named = refused(Outcome.CLONE_FAILED);

    assertThat(all.message())
        .contains("3 tables of spec.database.schemas", "Raise spec.proof.rehearsal.maxSize")
        .contains("KiB", "users", "is 1 byte.");
    assertThat(named.message()).contains("2 tables, those of spec.proof.rehearsal.tables");
  }

  @ParameterizedTest
  @EnumSource
  void aPlanIsMadeWithRowsToo(OnEngine engine) {
    prepare(engine);
    job.file("V2__x.sql", "CREATE UNIQUE INDEX users_email ON users (email);");
    rows(100 * MEBI);

    var ended = job.version("2").plan();

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.REHEARSAL_FAILED);
  }
}
