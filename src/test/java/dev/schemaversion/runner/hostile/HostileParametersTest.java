package dev.schemaversion.runner.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.Job;
import dev.schemaversion.runner.RecordedRunner;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A resource can set only the documented parameters of the driver. */
class HostileParametersTest {
  @RegisterExtension static final Attacks ATTACKS = new Attacks("attacks, none of them heeded");

  @TempDir Path root;
  private RecordedRunner runner;
  private Job job;

  @BeforeEach
  void start() throws SQLException {
    runner = new RecordedRunner(root);
    job = runner.job;
  }

  @AfterEach
  void assertUnharmed() throws SQLException {
    runner.assertUnharmed();
  }

  @Test
  void onlyDocumentedParametersAreAccepted() {
    for (var engine : List.of("PostgreSQL", "MariaDB", "MySQL")) {
      job.engine = engine;
      runner
          .parameters()
          .each(
              (name, value) ->
                  DriverParameters.spellings(name)
                      .forEach(spelling -> refused(Map.of(spelling, value), "must not have")));
      for (var hostile : DriverParameters.appended("10", "socketFactory=x").toList()) {
        refused(Map.of("connectTimeout", hostile), "whole seconds");
      }
    }
    job.engine = "PostgreSQL";
    for (var hostile : DriverParameters.appended("require", "socketFactory=x").toList()) {
      refused(Map.of("channelBinding", hostile), "must be require");
    }
  }

  @Test
  void noParameterOfAUrlInTheSecretReachesTheDriver() {
    job.runMounted(job.request(Step.VERIFY));
    var harmless = runner.driver.recorded().getFirst().stringPropertyNames();
    job.host = null;
    runner
        .parameters()
        .each(
            (name, value) -> {
              ATTACKS.count();
              runner.driver.clear();
              job.secret("uri", "postgres://localhost/postgres?%s=%s".formatted(name, value));
              job.runMounted(job.request(Step.VERIFY));

              assertThat(runner.driver.recorded())
                  .allSatisfy(
                      properties ->
                          assertThat(properties.stringPropertyNames())
                              .as("with %s", name)
                              .isEqualTo(harmless));
            });
  }

  private void refused(Map<String, String> given, String why) {
    ATTACKS.count();
    job.parameters = given;
    var report = job.runMounted(job.request(Step.VERIFY)).report();

    assertThat(report.outcome()).as("%s", given).isEqualTo(Outcome.INVALID_REQUEST);
    assertThat(report.message()).contains(why);
    assertThat(runner.driver.recorded()).isEmpty();
  }

  @Test
  void theDriverReceivesDocumentedParameters() {
    job.parameters = Map.of("connectTimeout", "42", "channelBinding", "require");

    job.runMounted(job.request(Step.VERIFY));

    assertThat(runner.driver.recorded())
        .isNotEmpty()
        .allSatisfy(
            properties ->
                assertThat(properties)
                    .containsEntry("connectTimeout", "42")
                    .containsEntry("channelBinding", "require"));
  }
}
