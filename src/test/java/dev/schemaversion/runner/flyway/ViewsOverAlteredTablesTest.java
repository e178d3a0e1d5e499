package dev.schemaversion.runner.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Views in callbacks, over tables that pending scripts alter. */
class ViewsOverAlteredTablesTest {
  private static final int VIEWS = 17;

  @TempDir Path root;

  static Stream<Arguments> engines() {
    return Stream.of("afterMigrateApplied", "afterMigrate")
        .flatMap(
            event ->
                Stream.of(
                    Arguments.argumentSet(
                        "PostgreSQL, " + event,
                        event,
                        (Supplier<TestDatabase>) Postgres::fresh,
                        "ALTER TABLE events ALTER COLUMN price TYPE numeric(12,4);\n"),
                    Arguments.argumentSet(
                        "MariaDB, " + event,
                        event,
                        (Supplier<TestDatabase>) MariaDb::fresh,
                        "ALTER TABLE events MODIFY COLUMN price decimal(12,4);\n")));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void seventeenViewsAreDroppedForAScriptThatAltersTheirTableAndCreatedAgain(
      String event, Supplier<TestDatabase> fresh, String alter) {
    var database = fresh.get();
    var job =
        new Job(root, database)
            .file(
                "V1__events.sql",
                """
                CREATE TABLE events (id int PRIMARY KEY, price decimal(8,2));
                INSERT INTO events VALUES (1, 9.95);
                """)
            .file("beforeMigrate.sql", dropAll());
    for (int view = 1; view <= VIEWS; view++) {
      job.file(
          "%s__%03d_recreate_view_%2$d.sql".formatted(event, view),
          "DROP VIEW IF EXISTS v%1$d;\nCREATE VIEW v%1$d AS SELECT id, price FROM %2$s;\n"
              .formatted(view, view == 1 ? "events" : "v" + (view - 1)));
    }
    var first = job.sync("1").report();

    var report = job.file("V2__finer_prices.sql", alter).sync("2").report();

    assertThat(first.outcome()).as(first.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.migrationsApplied()).isEqualTo(1);
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(database.query("SELECT price FROM v" + VIEWS)).containsExactly("9.9500");
    assertThat(job.verify().report().schema()).isEqualTo(report.schema());
    assertThat(job.baseline().report().proof().verdict()).isEqualTo(Verdict.Equal);
  }

  /** The last one first, because each lies on the one before. */
  private static String dropAll() {
    return IntStream.iterate(VIEWS, view -> view > 0, view -> view - 1)
        .mapToObj(view -> "DROP VIEW IF EXISTS v" + view + ";\n")
        .collect(Collectors.joining());
  }
}
