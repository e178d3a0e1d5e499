package dev.schemaversion.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.hostile.DriverParameters;
import dev.schemaversion.runner.hostile.InstantiationCounter;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import java.sql.SQLException;

/** A runner with a {@link RecordingDriver}, which must connect to its own database only. */
public final class RecordedRunner {
  public final Postgres.Database database = Postgres.fresh();
  public final Job job;
  public final RecordingDriver driver;
  private final ForbiddenPort forbiddenPort = new ForbiddenPort();
  private final Path attackFile;

  public RecordedRunner(Path root) throws SQLException {
    job = new Job(root, database).tables(1).withoutScratch();
    job.files.mount();
    attackFile = root.resolve("created-by-attack");
    driver = RecordingDriver.register();
  }

  /** Harmful parameters of drivers, with values whose effect is detected. */
  public DriverParameters parameters() {
    return new DriverParameters(attackFile.toString(), forbiddenPort.port());
  }

  /** Ends the test; fails if an attack had an effect. */
  public void assertUnharmed() throws SQLException {
    driver.unregister();
    try (forbiddenPort) {
      forbiddenPort.assertNoConnection();
    }
    assertThat(InstantiationCounter.count()).as("classes loaded").isZero();
    assertThat(attackFile).doesNotExist();
  }
}
