package dev.schemaversion.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sync Job where nothing goes wrong. */
class SyncTest {
  @TempDir Path root;
  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = new Job(root, database);
  }

  @Test
  void takesAnEmptyDatabaseToTheWantedVersionAndNoFurther() {
    var ended = job.tables(1, 2, 3, 4).sync("3");

    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended.report().version()).isEqualTo("3");
    assertThat(ended.report().migrationsApplied()).isEqualTo(3);
    assertThat(database.query("SELECT version FROM flyway_schema_history"))
        .containsExactly("1", "2", "3");
    assertThat(database.query("SELECT to_regclass('t4')")).containsExactly((String) null);
  }
}
