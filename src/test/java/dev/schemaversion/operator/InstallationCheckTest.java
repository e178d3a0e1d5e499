package dev.schemaversion.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check of {@code helm test} succeeds only if a ready operator reports the held workload. */
class InstallationCheckTest {
  private static final String HELD =
      "schemaversion_held_workloads{namespace=\"shop\",name=\"sv-test\",} 1.0\n";

  private final Deque<String> metrics = new ArrayDeque<>();
  private HttpServer operator;
  private int readiness = 200;

  @BeforeEach
  void start() throws IOException {
    operator = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    operator.createContext("/q/health/ready", exchange -> answer(exchange, readiness, "{}"));
    operator.createContext(
        "/q/metrics",
        exchange -> answer(exchange, 200, metrics.size() > 1 ? metrics.pop() : metrics.getFirst()));
    operator.start();
  }

  @AfterEach
  void stop() {
    operator.stop(0);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Test
  void anOperatorThatReportsTheHeldWorkloadIsWhole() throws Exception {
    metrics.add("# HELP schemaversion_held_workloads Workloads that wait.\n" + HELD + "other 2\n");

    assertThat(check(1)).isEmpty();
  }

  @Test
  void theReplicaThatLeadsMayAnswerLater() throws Exception {
    metrics.addAll(List.of("of a replica on standby 1\n", "another 1\n", "standby 1\n", HELD));

    assertThat(check(2)).get().asString().contains("none reports that SchemaVersion sv-test");
    assertThat(check(2)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          schemaversion_held_workloads{namespace="shop",name="sv-test",} 0.0
          schemaversion_held_workloads{namespace="sv-test",name="another",} 1.0
          schemaversion_held_workloads{namespace="shop",name="sv-test-2",} 1.0
          schemaversion_held_seconds{namespace="shop",name="sv-test",} 1.0
          """)
  void noOtherSeriesCounts(String series) throws Exception {
    metrics.add(series + "\n");

    assertThat(check(1)).get().asString().contains("the gate's policies are not in force");
  }

  @Test
  void anOperatorThatIsNotReadyIsReported() throws Exception {
    metrics.add(HELD);
    readiness = 503;

    assertThat(check(1)).get().asString().contains("its watches are not connected");
  }

  @Test
  void anOperatorThatDoesNotAnswerIsReportedWithItsAddress() throws Exception {
    var address = address();
    operator.stop(0);

    assertThat(new InstallationCheck(address, "sv-test").problemAfter(2, Duration.ZERO))
        .get()
        .asString()
        .contains("no replica answers at " + address);
  }

  private Optional<String> check(int attempts) throws InterruptedException {
    return new InstallationCheck(address(), "sv-test").problemAfter(attempts, Duration.ZERO);
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + operator.getAddress().getPort());
  }
}
