package dev.schemaversion.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.hostile.Canary;
import dev.schemaversion.runner.hostile.DriverParameters;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import java.sql.SQLException;

/** A runner whose driver is overheard, and that must be led nowhere else than to its database. */
public final class OverheardRunner {
  public final Postgres.Database database = Postgres.fresh();
  public final Job job;
  public final Eavesdropper driver;
  private final Elsewhere elsewhere = new Elsewhere();
  private final Path canary;

  public OverheardRunner(Path root) throws SQLException {
    job = new Job(root, database).tables(1).withoutScratch();
    job.mount();
    canary = root.resolve("canary");
    driver = Eavesdropper.before();
  }

  /** What attacks would have the driver take, with values that would be noticed. */
  public DriverParameters parameters() {
    return new DriverParameters(canary.toString(), elsewhere.port());
  }

  /** The end of the test: fails where an attack got anywhere. */
  public void leaveUnharmed() throws SQLException {
    driver.leave();
    try (elsewhere) {
      elsewhere.assertNobodyCame();
    }
    assertThat(Canary.sung()).as("classes loaded").isZero();
    assertThat(canary).doesNotExist();
  }
}
