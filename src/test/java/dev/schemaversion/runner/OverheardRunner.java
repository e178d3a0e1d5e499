package dev.schemaversion.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import java.sql.SQLException;

/** A runner whose driver is overheard, and that must be led nowhere else than to its database. */
final class OverheardRunner {
  final Postgres.Database database = Postgres.fresh();
  final Job job;
  final Eavesdropper driver;
  private final Elsewhere elsewhere = new Elsewhere();
  private final Path canary;

  OverheardRunner(Path root) throws SQLException {
    job = new Job(root, database).tables(1).withoutScratch();
    job.mount();
    canary = root.resolve("canary");
    driver = Eavesdropper.before();
  }

  /** What attacks would have the driver take, with values that would be noticed. */
  DriverParameters parameters() {
    return new DriverParameters(canary.toString(), elsewhere.port());
  }

  /** The end of the test: fails where an attack got anywhere. */
  void leaveUnharmed() throws SQLException {
    driver.leave();
    try (elsewhere) {
      elsewhere.assertNobodyCame();
    }
    assertThat(Canary.sung()).as("classes loaded").isZero();
    assertThat(canary).doesNotExist();
  }
}
