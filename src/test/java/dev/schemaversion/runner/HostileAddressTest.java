package dev.schemaversion.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.postgres.KeptAliveSockets;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever stands in the fields that lead to a database, the driver gets the parameters that we
 * give it and no other one, and connects where we say and nowhere else.
 */
class HostileAddressTest {
  private static final AtomicInteger ATTACKS = new AtomicInteger();

  /** All that our code ever sets. */
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
  private final Elsewhere elsewhere = new Elsewhere();
  private Eavesdropper driver;
  private Postgres.Database database;
  private Job job;

  /** A field that an attacker may write, and who writes it. */
  enum Field {
    HOST_IN_THE_SPEC,
    HOST_IN_THE_SECRET,
    PORT_IN_THE_SECRET,
    NAME_IN_THE_SPEC,
    NAME_IN_THE_SECRET,
    USER,
    PASSWORD,
    ROLE;

    private void write(Job job, String text) {
      switch (this) {
        case HOST_IN_THE_SPEC -> job.host = text;
        case HOST_IN_THE_SECRET -> job.secret("host", text).host = null;
        case PORT_IN_THE_SECRET -> job.secret("port", text).port = null;
        case NAME_IN_THE_SPEC -> job.database = text;
        case NAME_IN_THE_SECRET -> job.secret("dbname", text).database = null;
        case USER -> job.secret("username", text);
        case PASSWORD -> job.secret("password", text);
        case ROLE -> job.role = text;
      }
    }

    /** What the driver is to be told where the text is taken as it is. */
    private String told(Properties told) {
      return switch (this) {
        case NAME_IN_THE_SPEC, NAME_IN_THE_SECRET -> told.getProperty("PGDBNAME");
        case USER -> told.getProperty("user");
        case PASSWORD -> told.getProperty("password");
        default -> null;
      };
    }
  }

  @BeforeEach
  void listen() throws SQLException {
    database = Postgres.fresh();
    job = new Job(root, database).tables(1).withoutScratch();
    job.mount();
    driver = Eavesdropper.before();
  }

  @AfterEach
  void nothingIsHeard() throws SQLException {
    driver.leave();
    try (elsewhere) {
      elsewhere.assertNobodyCame();
    }
    assertThat(Canary.sung()).as("classes loaded").isZero();
    assertThat(root.resolve("canary")).doesNotExist();
  }

  @AfterAll
  static void count() {
    System.out.printf("HostileAddressTest: %,d attacks, none of them heeded%n", ATTACKS.get());
  }

  @ParameterizedTest
  @EnumSource
  void noFieldCanCarryAParameterOfTheDriver(Field field) throws SQLException {
    driver.answerAlone();
    for (var parameter : parameters().assignments()) {
      DriverParameters.behind(usual(field), parameter).forEach(text -> attack(field, text));
    }
  }

  @ParameterizedTest
  @EnumSource
  void noFieldCanCarryThemToARealServer(Field field) {
    var all = String.join("&", parameters().assignments());
    DriverParameters.behind(usual(field), all).forEach(text -> attack(field, text));
  }

  private DriverParameters parameters() {
    return new DriverParameters(root.resolve("canary").toString(), elsewhere.port());
  }

  private String usual(Field field) {
    return switch (field) {
      case HOST_IN_THE_SPEC, HOST_IN_THE_SECRET -> "localhost";
      case PORT_IN_THE_SECRET -> Integer.toString(database.port());
      case NAME_IN_THE_SPEC, NAME_IN_THE_SECRET -> database.name();
      case USER, ROLE -> database.user();
      case PASSWORD -> Postgres.PASSWORD;
    };
  }

  @Test
  void noOtherParameterIsTakenThanThoseThatAreDocumented() {
    for (var engine : List.of("PostgreSQL", "MariaDB", "MySQL")) {
      job.engine = engine;
      parameters()
          .each(
              (name, value) ->
                  DriverParameters.spellings(name)
                      .forEach(spelling -> refused(Map.of(spelling, value), "may not have")));
      for (var hostile : DriverParameters.behind("10", "socketFactory=x").toList()) {
        refused(Map.of("connectTimeout", hostile), "whole seconds");
      }
    }
    job.engine = "PostgreSQL";
    for (var hostile : DriverParameters.behind("require", "socketFactory=x").toList()) {
      refused(Map.of("channelBinding", hostile), "must be require");
    }
  }

  private void refused(Map<String, String> given, String why) {
    ATTACKS.incrementAndGet();
    job.parameters = given;
    var report = job.runMounted(job.request(Step.VERIFY)).report();

    assertThat(report.outcome()).as("%s", given).isEqualTo(Outcome.INVALID_REQUEST);
    assertThat(report.message()).contains(why);
    assertThat(driver.heard()).isEmpty();
  }

  @Test
  void theDriverIsToldThoseThatAre() {
    job.parameters = Map.of("connectTimeout", "42", "channelBinding", "require");

    job.runMounted(job.request(Step.VERIFY));

    assertThat(driver.heard())
        .isNotEmpty()
        .allSatisfy(
            told ->
                assertThat(told)
                    .containsEntry("connectTimeout", "42")
                    .containsEntry("channelBinding", "require"));
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
  void aHostThatIsNoneIsRefusedByItsName(String host) {
    for (var field : List.of(Field.HOST_IN_THE_SPEC, Field.HOST_IN_THE_SECRET)) {
      if (field == Field.HOST_IN_THE_SECRET && host.endsWith("\n")) {
        continue; // that line break is an editor's
      }
      ATTACKS.incrementAndGet();
      field.write(job, host);
      var report = job.sync().report();

      assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.INVALID_REQUEST);
      assertThat(report.message()).contains("neither a host name nor an address");
      assertThat(driver.heard()).isEmpty();
    }
  }

  private void attack(Field field, String text) {
    ATTACKS.incrementAndGet();
    driver.forget();
    field.write(job, text);
    var ended = job.runMounted(job.request(Step.VERIFY));

    // Refused, or asked for as it is: there is no such database, user or password.
    assertThat(ended.report().outcome())
        .as("%s %s: %s", field, text, ended.report().message())
        .isIn(Outcome.INVALID_REQUEST, Outcome.ACCESS_DENIED);
    var heard = driver.heard();
    if (ended.report().outcome() == Outcome.INVALID_REQUEST) {
      assertThat(heard).isEmpty();
    } else {
      assertThat(heard).isNotEmpty().allSatisfy(told -> isOurs(field, text, told));
    }
    if (field == Field.PASSWORD) {
      assertThat(ended.log() + ended.report()).doesNotContain(text);
    }
  }

  private void isOurs(Field field, String text, Properties told) {
    assertThat(told.stringPropertyNames()).isSubsetOf(OURS);
    assertThat(told)
        .containsAllEntriesOf(
            Map.of(
                "PGHOST",
                "localhost",
                "PGPORT",
                Integer.toString(database.port()),
                "sslmode",
                "prefer",
                "gssEncMode",
                "disable",
                "logServerErrorDetail",
                "false",
                "socketFactory",
                KeptAliveSockets.class.getName()));
    if (field.told(told) != null) {
      assertThat(field.told(told)).isEqualTo(text);
    }
  }

  /** Stands before the driver and writes down what it is told. */
  private static final class Eavesdropper implements Driver {
    private final List<Properties> heard = new ArrayList<>();
    private final Driver real;
    private boolean alone;

    private Eavesdropper(Driver real) {
      this.real = real;
    }

    static Eavesdropper before() throws SQLException {
      var real =
          DriverManager.drivers()
              .filter(driver -> driver.getClass().getName().equals("org.postgresql.Driver"))
              .findFirst()
              .orElseThrow();
      var ears = new Eavesdropper(real);
      DriverManager.deregisterDriver(real);
      DriverManager.registerDriver(ears);
      DriverManager.registerDriver(real);
      return ears;
    }

    /** Says itself that there is no such database, which is quicker. */
    void answerAlone() throws SQLException {
      DriverManager.deregisterDriver(real);
      alone = true;
    }

    void leave() throws SQLException {
      DriverManager.deregisterDriver(this);
      if (alone) {
        DriverManager.registerDriver(real);
      }
    }

    void forget() {
      heard.clear();
    }

    /** What the driver makes of each URL and the properties beside it. */
    List<Properties> heard() {
      return heard;
    }

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
      var parsed = parse(url, info);
      assertThat(parsed).as(url).isNotNull();
      var told = new Properties();
      parsed.stringPropertyNames().forEach(name -> told.put(name, parsed.getProperty(name)));
      heard.add(told);
      if (alone) {
        throw new SQLException("there is no such database", "3D000");
      }
      return null; // the next one, please
    }

    /** As the driver itself does it; its class has annotations that the compiler complains of. */
    private Properties parse(String url, Properties info) {
      try {
        return (Properties)
            real.getClass()
                .getMethod("parseURL", String.class, Properties.class)
                .invoke(null, url, info);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public boolean acceptsURL(String url) {
      return true;
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 1;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getLogger("eavesdropper");
    }
  }
}
