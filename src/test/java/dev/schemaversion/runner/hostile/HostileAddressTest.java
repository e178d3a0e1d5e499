package dev.schemaversion.runner.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.Job;
import dev.schemaversion.runner.RecordedRunner;
import dev.schemaversion.runner.postgres.KeptAliveSockets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fields of a database address cannot add a parameter of the driver or change the server that
 * it connects to.
 */
class HostileAddressTest {
  @RegisterExtension static final Attacks ATTACKS = new Attacks("attacks, none of them heeded");

  /** The parameters that the runner sets. */
  private static final Set<String> OURS =
      Set.of(
          "PGHOST",
          "PGPORT",
          "PGDBNAME",
          "user",
          "password",
          "ApplicationName",
          "assumeMinServerVersion",
          "channelBinding",
          "connectTimeout",
          "gssEncMode",
          "logServerErrorDetail",
          "loginTimeout",
          "socketFactory",
          "sslmode",
          "tcpKeepAlive");

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

  @ParameterizedTest
  @EnumSource
  void noFieldCarriesAParameterOfTheDriver(AddressField field) throws SQLException {
    runner.driver.rejectConnections();
    for (var parameter : runner.parameters().assignments()) {
      DriverParameters.appended(field.defaultValue(runner.database), parameter)
          .forEach(text -> attack(field, text));
    }
  }

  @ParameterizedTest
  @EnumSource
  void noFieldCarriesAParameterToARealServer(AddressField field) {
    var all = String.join("&", runner.parameters().assignments());
    DriverParameters.appended(field.defaultValue(runner.database), all)
        .forEach(text -> attack(field, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost,elsewhere",
        "localhost:5432,127.0.0.1",
        "localhost:5432",
        "/tmp",
        "@abstract",
        "jdbc:postgresql://localhost",
        "postgresql://localhost",
        "//localhost",
        "localhost/postgres",
        "user@localhost",
        "localhost\\postgres",
        "localhost#",
        "localhost%00",
        "localhost\u0000",
        "localhost\n",
        "\nlocalhost",
        "localhost\r\n",
        "loc alhost",
        "[::1]",
        "::1%eth0",
        "lосаlhost", // Cyrillic
        "ｌocalhost", // full width
        "localhost\u2024example", // a leader, not a dot
        "localhost\u202e",
        "${jndi:ldap://127.0.0.1/a}",
        "$(id)",
        "`id`",
        "-h",
        "--help",
        "..",
        ".",
        "-",
      })
  void anInvalidHostIsRejectedAndNamed(String host) {
    for (var field : List.of(AddressField.HOST_IN_THE_SPEC, AddressField.HOST_IN_THE_SECRET)) {
      if (field == AddressField.HOST_IN_THE_SECRET && host.endsWith("\n")) {
        continue; // that line break is an editor's
      }
      ATTACKS.count();
      field.write(job, host);
      var report = job.sync().report();

      assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.INVALID_REQUEST);
      assertThat(report.message()).contains("neither a host name nor an address");
      assertThat(runner.driver.recorded()).isEmpty();
    }
  }

  private void attack(AddressField field, String text) {
    ATTACKS.count();
    runner.driver.clear();
    field.write(job, text);
    var ended = job.runMounted(job.request(Step.VERIFY));

    // Rejected, or passed on unchanged: no such database, user or password exists.
    assertThat(ended.report().outcome())
        .as("%s %s: %s", field, text, ended.report().message())
        .isIn(Outcome.INVALID_REQUEST, Outcome.ACCESS_DENIED);
    var recorded = runner.driver.recorded();
    if (ended.report().outcome() == Outcome.INVALID_REQUEST) {
      assertThat(recorded).isEmpty();
    } else {
      assertThat(recorded).isNotEmpty().allSatisfy(properties -> isOurs(field, text, properties));
    }
    if (field == AddressField.PASSWORD || field == AddressField.PASSWORD_IN_THE_URL) {
      assertThat(ended.log() + ended.report()).doesNotContain(text);
    }
  }

  private void isOurs(AddressField field, String text, Properties properties) {
    assertThat(properties.stringPropertyNames()).isSubsetOf(OURS);
    assertThat(properties)
        .containsAllEntriesOf(
            Map.of(
                "PGHOST",
                "localhost",
                "PGPORT",
                Integer.toString(runner.database.port()),
                "sslmode",
                "prefer",
                "gssEncMode",
                "disable",
                "logServerErrorDetail",
                "false",
                "socketFactory",
                KeptAliveSockets.class.getName()));
    if (field.received(properties) != null) {
      assertThat(field.received(properties)).isEqualTo(text);
    }
  }
}
