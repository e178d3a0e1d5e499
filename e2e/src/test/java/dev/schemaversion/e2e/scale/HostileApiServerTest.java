package dev.schemaversion.e2e.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The operator survives an API server that throttles, is slow, loses state, fails, cuts connections
 * or returns invalid responses. It does not send requests in a tight loop, and after the fault it
 * completes all pending work.
 */
@Isolated("requests are counted")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(ApiServer.OfTheClass.class)
class HostileApiServerTest {
  private static final boolean FULL = System.getProperty("scale", "").equals("full");

  /** How long a fault lasts. */
  private static final Duration WHILE = Duration.ofSeconds(FULL ? 60 : 4);

  /** Less than it takes to lose the lease: then it has to end, so that another replica leads. */
  private static final Duration SHORT = Duration.ofSeconds(6);

  /** The longest pause that the operator makes between attempts, twice. */
  private static final Duration RECOVERY = Duration.ofSeconds(90);

  private static final Duration SLOW = Duration.ofSeconds(FULL ? 30 : 3);

  /** About ten watches, each begun anew once a second, and the lease. */
  private static final long MOST_PER_MINUTE = 1_500;

  private ApiServer server;
  private ApiServerProxy proxy;
  private SchemaVersions resources;
  private Workloads pods;
  private JobPlayer player;
  private OperatorProcess operator;

  @BeforeAll
  void start(ApiServer apiServer) {
    server = apiServer;
    proxy = apiServer.proxy();
    resources = new SchemaVersions(apiServer, "hostile");
    pods = new Workloads(apiServer, "hostile");
    player = new JobPlayer(apiServer.client(), apiServer.api(), Script.everythingProven());
    startOperator("hostile");
  }

  private void startOperator(String name) {
    operator = OperatorProcess.start(name, proxy.address());
    operator.awaitReady(RECOVERY);
  }

  /** One that a fault has ended concerns the test of that fault alone. */
  @AfterEach
  void heal(TestInfo test) {
    proxy.behave(Fault.NONE);
    if (!operator.running()) {
      startOperator("hostile-after-" + name(test));
    }
  }

  @AfterAll
  void end() {
    operator.close();
    player.close();
  }

  @Test
  void throttlesHalfOfTheRequests(TestInfo test) {
    survives(test, Faults.throttling(0.5));
  }

  @Test
  void throttlesEveryRequestForAWhile(TestInfo test) {
    survives(test, Faults.throttling(1), SHORT);
  }

  @Test
  void isSlowWithLists(TestInfo test) {
    survives(test, Faults.slowLists(SLOW));
  }

  @Test
  void cutsEveryWatchAfterASecond(TestInfo test) {
    survives(test, Faults.cutWatches(Duration.ofSeconds(1)));
  }

  @Test
  void expiresTheResourceVersionsOfWatches(TestInfo test) {
    survives(test, Faults.forgetting());
  }

  @Test
  void failsForAWhile(TestInfo test) {
    survives(test, Faults.failing(500), SHORT);
  }

  @Test
  void isUnavailableForAWhile(TestInfo test) {
    survives(test, Faults.failing(503), SHORT);
  }

  @Test
  void hasFieldsOfANewerRelease(TestInfo test) {
    resources.create("newer");
    reachesItsVersion("newer");
    var fault =
        Faults.changing(
            "schemaversions",
            "newer",
            object -> {
              ((ObjectNode) object.path("spec")).put("colour", "blue").putObject("shape");
              if (object.path("status") instanceof ObjectNode status) {
                status.put("mood", 7);
              }
            });
    proxy.behave(fault);
    server.api().patch(path("newer"), "{\"metadata\":{\"annotations\":{\"touched\":\"1\"}}}");
    survives(test, fault);
    assertThat(resources.condition("newer", "Ready")).startsWith("True");
  }

  @Test
  void hasAnInvalidResource(TestInfo test) {
    resources.create("unreadable");
    reachesItsVersion("unreadable");
    var fault = unreadable("unreadable");
    proxy.behave(fault);
    server.api().patch(path("unreadable"), "{\"metadata\":{\"annotations\":{\"touched\":\"1\"}}}");
    // During the fault, not only afterwards: the owner of another resource cannot repair this one.
    resources.create("neighbour");
    reachesItsVersion("neighbour");
    isToldAbout("unreadable");
    survives(test, fault);
  }

  @Test
  void hasAnInvalidResourceWhenTheOperatorStarts() {
    resources.create("illegible");
    reachesItsVersion("illegible");
    operator.close();
    proxy.behave(unreadable("illegible"));
    pods.pod("needs-illegible", "illegible", "2");
    startOperator("hostile-illegible");
    resources.create("beside");
    reachesItsVersion("beside");
    isToldAbout("illegible");

    assertThat(operator.exitCode()).as("exit code; see " + operator.log()).isEmpty();
    assertThat(operator.ready()).isTrue();
    assertThat(pods.isHeld("needs-illegible")).isTrue();
  }

  @Test
  void truncatesLists(TestInfo test) {
    survives(test, Faults.truncatingLists(), SHORT);
  }

  @Test
  void isUnreachableWhenTheOperatorStarts() {
    becomesReadyAfter(Faults.failing(503), "away");
  }

  @Test
  void truncatesListsWhenTheOperatorStarts() {
    becomesReadyAfter(Faults.truncatingLists(), "truncated");
  }

  /** As long as the fault lasts, the operator retries its first lists and is not ready. */
  private void becomesReadyAfter(Fault fault, String name) {
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

  private static Fault unreadable(String name) {
    return Faults.changing(
        "schemaversions",
        name,
        object -> {
          ((ObjectNode) object.at("/spec/database")).put("engine", "Oracle2030");
          if (object.path("status") instanceof ObjectNode status) {
            status.put("conditions", "none");
          }
        });
  }

  private void isToldAbout(String name) {
    await("a warning about " + name)
        .atMost(RECOVERY)
        .until(() -> !operator.running() || !resources.warnings(name).isEmpty());
    System.out.println(name + ": " + resources.warnings(name));
  }

  private static String path(String name) {
    return "/apis/schemaversion.dev/v1alpha1/namespaces/hostile/schemaversions/" + name;
  }

  /** It works on through a fault, or after it, and does not ask more than it may meanwhile. */
  private void survives(TestInfo test, Fault fault) {
    survives(test, fault, WHILE);
  }

  private void survives(TestInfo test, Fault fault, Duration time) {
    var name = name(test);
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

  private static String name(TestInfo test) {
    return test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
  }

  private void reachesItsVersion(String name) {
    await(name + " reaches its version")
        .atMost(RECOVERY)
        .until(
            () ->
                !operator.running() || resources.status(name).path("version").asText().equals("1"));
  }
}
