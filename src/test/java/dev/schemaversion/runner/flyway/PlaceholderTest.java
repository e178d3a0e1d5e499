package dev.schemaversion.runner.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Placeholders, in repeatable scripts and as text that must stay as it is. */
class PlaceholderTest {
  private static final String GREETING =
      "CREATE TABLE texts (text varchar(40));\nINSERT INTO texts VALUES ('hello ${user.name}');\n";

  @TempDir Path root;

  static Stream<Arguments> engines() {
    return Stream.of(
        Arguments.argumentSet("PostgreSQL", (Supplier<TestDatabase>) Postgres::fresh),
        Arguments.argumentSet("MariaDB", (Supplier<TestDatabase>) MariaDb::fresh));
  }

  @Test
  void sixteenRepeatableViewsAndFunctionsWithPlaceholdersFollowTheirValues() {
    var database = Postgres.fresh();
    var job = new Job(root, database).file("V1__m.sql", "CREATE TABLE measures (value integer);");
    job.flyway.placeholders = Map.of("limit", "10", "unit", "metres");
    for (int i = 1; i <= 8; i++) {
      job.file(
          "R__%02d_function.sql".formatted(i),
          """
          CREATE OR REPLACE FUNCTION in_unit_%d(x integer) RETURNS text LANGUAGE plpgsql AS $$
          BEGIN RETURN x || ' ${unit}'; END $$;
          """
              .formatted(i));
      job.file(
          "R__%02d_view.sql".formatted(i + 8),
          "CREATE OR REPLACE VIEW high_%1$d AS SELECT in_unit_%1$d(value) AS v FROM %2$s WHERE value"
                  .formatted(i, i == 1 ? "measures" : "measures, high_" + (i - 1))
              + " > ${limit};\n");
    }
    var first = job.sync("1").report();
    database.execute("INSERT INTO measures VALUES (5), (15)");

    job.flyway.placeholders = Map.of("limit", "3", "unit", "metres");
    var second = job.sync("1").report();

    assertThat(first.outcome()).as(first.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(first.migrationsApplied()).isEqualTo(17);
    assertThat(second.outcome()).as(second.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(second.migrationsApplied()).isEqualTo(8);
    assertThat(second.proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(database.query("SELECT v FROM high_1")).containsExactly("5 metres", "15 metres");
    assertThat(job.baseline().report().proof().verdict()).isEqualTo(Verdict.Equal);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void textThatLooksLikeAPlaceholderStaysWhereNoneAreReplaced(Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    var job =
        new Job(root, database)
            .file("V1__texts.sql", GREETING)
            .options(o -> o.placeholderReplacement(false));

    var report = job.sync("1").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(database.query("SELECT text FROM texts")).containsExactly("hello ${user.name}");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aScriptsOwnSettingsLeaveItsTextAloneAndPlaceholdersInOthersAreReplaced(
      Supplier<TestDatabase> fresh) {
    var database = fresh.get();
    var job =
        new Job(root, database)
            .file("V1__texts.sql", GREETING)
            .file("V1__texts.sql.conf", "placeholderReplacement=false\n")
            .file("V2__more.sql", "INSERT INTO texts VALUES ('${greeting}');\n");
    job.flyway.placeholders = Map.of("greeting", "good morning");

    var report = job.sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(database.query("SELECT text FROM texts ORDER BY text DESC"))
        .containsExactly("hello ${user.name}", "good morning");
  }

  @Test
  void aPlaceholderWithoutAValueIsRefusedAndNothingIsDone() {
    var database = Postgres.fresh();

    var report = new Job(root, database).file("V1__texts.sql", GREETING).sync("1").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.MIGRATION_FAILED);
    assertThat(report.message()).contains("V1__texts.sql", "${user.name}");
    assertThat(database.query("SELECT to_regclass('texts')")).containsExactly((String) null);
  }
}
