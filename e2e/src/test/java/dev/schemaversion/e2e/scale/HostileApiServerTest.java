package dev.schemaversion.e2e.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The operator survives an API server that throttles, is slow, loses state, fails, cuts connections
 * or returns invalid responses. It does not send requests in a tight loop, and after the fault it
 * completes all pending work.
 */
// It waits most of the time, so it runs beside stories; its own methods run one after the other.
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("operator of the hostile API server")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(ApiServer.OfTheClass.class)
class HostileApiServerTest {
  private static final boolean FULL = System.getProperty("scale", "").equals("full");

  /** How long a fault lasts. */
  private static final Duration WHILE = Duration.ofSeconds(FULL ? 60 : 4);

  /** Less than it takes to lose the lease: then it has to end, so that another replica leads. */
  private static final Duration SHORT = Duration.ofSeconds(6);

  private static final Duration SLOW = Duration.ofSeconds(FULL ? 30 : 3);

  private FaultyScene scene;
  private Workloads pods;

  @BeforeAll
  void start(ApiServer apiServer) {
    scene = new FaultyScene(apiServer, "hostile");
    pods = new Workloads(apiServer, "hostile");
    scene.startOperator("hostile");
  }

  /** One that a fault has ended concerns the test of that fault alone. */
  @AfterEach
  void heal(TestInfo test) {
    scene.proxy.behave(Fault.NONE);
    if (!scene.operator().running()) {
      scene.startOperator("hostile-after-" + name(test));
    }
  }

  @AfterAll
  void end() {
    scene.close();
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
    scene.resources.create("newer");
    scene.reachesItsVersion("newer");
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
    scene.proxy.behave(fault);
    scene.server.api().patch(path("newer"), "{\"metadata\":{\"annotations\":{\"touched\":\"1\"}}}");
    survives(test, fault);
    assertThat(scene.resources.condition("newer", "Ready")).startsWith("True");
  }

  @Test
  void hasAnInvalidResource(TestInfo test) {
    scene.resources.create("unreadable");
    scene.reachesItsVersion("unreadable");
    var fault = unreadable("unreadable");
    scene.proxy.behave(fault);
    scene
        .server
        .api()
        .patch(path("unreadable"), "{\"metadata\":{\"annotations\":{\"touched\":\"1\"}}}");
    // During the fault, not only afterwards: the owner of another resource cannot repair this one.
    scene.resources.create("neighbour");
    scene.reachesItsVersion("neighbour");
    scene.isToldAbout("unreadable");
    survives(test, fault);
  }

  @Test
  void hasAnInvalidResourceWhenTheOperatorStarts() {
    scene.resources.create("illegible");
    scene.reachesItsVersion("illegible");
    scene.operator().close();
    scene.proxy.behave(unreadable("illegible"));
    pods.pod("needs-illegible", "illegible", "2");
    scene.startOperator("hostile-illegible");
    scene.resources.create("beside");
    scene.reachesItsVersion("beside");
    scene.isToldAbout("illegible");

    assertThat(scene.operator().exitCode())
        .as("exit code; see " + scene.operator().log())
        .isEmpty();
    assertThat(scene.operator().ready()).isTrue();
    assertThat(pods.isHeld("needs-illegible")).isTrue();
  }

  @Test
  void truncatesLists(TestInfo test) {
    survives(test, Faults.truncatingLists(), SHORT);
  }

  @Test
  void isUnreachableWhenTheOperatorStarts() {
    scene.becomesReadyAfter(Faults.failing(503), "away");
  }

  @Test
  void truncatesListsWhenTheOperatorStarts() {
    scene.becomesReadyAfter(Faults.truncatingLists(), "truncated");
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

  private static String path(String name) {
    return "/apis/schemaversion.dev/v1alpha1/namespaces/hostile/schemaversions/" + name;
  }

  private void survives(TestInfo test, Fault fault) {
    survives(test, fault, WHILE);
  }

  private void survives(TestInfo test, Fault fault, Duration time) {
    scene.survives(name(test), fault, time);
  }

  private static String name(TestInfo test) {
    return test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
  }
}
