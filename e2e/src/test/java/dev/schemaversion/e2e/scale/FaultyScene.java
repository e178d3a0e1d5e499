package dev.schemaversion.e2e.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;

/** An operator whose API server has faults, and what must hold meanwhile. */
final class FaultyScene implements AutoCloseable {
  /** The longest pause that the operator makes between attempts, twice. */
  private static final Duration RECOVERY = Duration.ofSeconds(90);

  /** About ten watches, each begun anew once a second, and the lease. */
  private static final long MOST_PER_MINUTE = 1_500;

  final ApiServer server;
  final ApiServerProxy proxy;
  final SchemaVersions resources;
  private final JobPlayer player;
  private OperatorProcess operator;

  FaultyScene(ApiServer apiServer, String namespace) {
    server = apiServer;
    proxy = apiServer.proxy();
    resources = new SchemaVersions(apiServer, namespace);
    player = new JobPlayer(apiServer.client(), apiServer.api(), Script.everythingProven());
  }

  /** The operator, which may have ended. */
  OperatorProcess operator() {
    return operator;
  }

  /** Starts the operator, or another one, and waits until it is ready. */
  void startOperator(String name) {
    operator = OperatorProcess.start(name, proxy.address());
    operator.awaitReady(RECOVERY);
  }

  /** As long as the fault lasts, the operator retries its first lists and is not ready. */
  void becomesReadyAfter(Fault fault, String name) {
    operator.close();
    var begun = Instant.now();
    proxy.behave(fault);
    operator = OperatorProcess.start("hostile-" + name, proxy.address());
    // Two lists of each kind and a few leases: later attempts are further and further apart.
    await("it retries").atMost(RECOVERY).until(() -> proxy.log().since(begun).requests() > 12);
    assertThat(operator.running()).as("see " + operator.log()).isTrue();
    assertThat(operator.ready()).isFalse();

    proxy.behave(Fault.NONE);
    operator.awaitReady(RECOVERY);
    assertThat(operator.ready()).as("see " + operator.log()).isTrue();
    resources.create("after-" + name);
    reachesItsVersion("after-" + name);
  }

  /** The owner of a resource reads of it in a warning. */
  void isToldAbout(String name) {
    await("a warning about " + name)
        .atMost(RECOVERY)
        .until(() -> !operator.running() || !resources.warnings(name).isEmpty());
    System.out.println(name + ": " + resources.warnings(name));
  }

  /** It works on through a fault, or after it, and does not ask more than it may meanwhile. */
  void survives(String name, Fault fault, Duration time) {
    var begun = Instant.now();
    proxy.behave(fault);
    resources.create(name + "-1");
    await("the fault has lasted")
        .atMost(time.plusSeconds(10))
        .until(() -> Instant.now().isAfter(begun.plus(time)));
    var rate = proxy.log().since(begun);
    var kinds = proxy.log().kindsSince(begun);
    proxy.behave(Fault.NONE);
    resources.create(name + "-2");
    System.out.printf(
        "%s: %d requests in %d s, %d per minute: %s%n",
        name, rate.requests(), rate.time().toSeconds(), rate.perMinute(), kinds);

    reachesItsVersion(name + "-1");
    reachesItsVersion(name + "-2");
    assertThat(operator.exitCode()).as("exit code; see " + operator.log()).isEmpty();
    assertThat(rate.perMinute()).as("requests per minute").isLessThan(MOST_PER_MINUTE);
    await("it is ready again").atMost(RECOVERY).until(operator::ready);
    assertThat(player.failure()).isEmpty();
  }

  void reachesItsVersion(String name) {
    await(name + " reaches its version")
        .atMost(RECOVERY)
        .until(
            () ->
                !operator.running() || resources.status(name).path("version").asText().equals("1"));
  }

  @Override
  public void close() {
    operator.close();
    player.close();
  }
}
