package dev.schemaversion.operator.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The operator asks the runner in a pod for its progress until the pod is no longer followed. */
class ProgressReaderTest {
  private static final String LOCALHOST = "127.0.0.1";
  private static final ResourceID GLANCE = new ResourceID("glance", "glance");
  private static final FollowedPod.Pace QUICK =
      new FollowedPod.Pace(Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(5));

  private final Vertx vertx = Vertx.vertx();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<ResourceID> events = new CopyOnWriteArrayList<>();
  private HttpServer runner;
  private ProgressReader reader;
  private volatile int status = 200;
  private volatile String answer = progress(0, "starting");

  @BeforeEach
  void start() throws IOException {
    runner = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    runner.createContext("/", this::answer);
    runner.start();
    reader =
        new ProgressReader(vertx, new RunnerClient(vertx, runner.getAddress().getPort()), QUICK);
    reader.events().setEventHandler(event -> events.add(event.getRelatedCustomResourceID()));
    reader.events().start();
  }

  @AfterEach
  void stop() {
    reader.forget(GLANCE);
    runner.stop(0);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(exchange.getRequestURI().toString());
      var bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static String progress(long revision, String activity) {
    return "{\"job\": \"glance-sync-1\", \"revision\": %d, \"activity\": \"%s\"}"
        .formatted(revision, activity);
  }

  private String said() {
    return reader.follow(GLANCE, "uid-1", LOCALHOST).map(it -> it.activity()).orElse("nothing");
  }

  @Test
  void eachChangeIsAnEventAndTheNextRequestWaitsForAnotherRevision() {
    assertThat(said()).isEqualTo("nothing");
    await().until(() -> said().equals("starting"));
    answer = progress(7, "running V9__name.sql");
    await().until(() -> said().equals("running V9__name.sql"));
    await().until(() -> asked.contains("/progress?after=7"));

    assertThat(asked.getFirst()).isEqualTo("/progress?after=-1");
    assertThat(events).containsExactly(GLANCE, GLANCE);
  }

  @Test
  void theSameRevisionIsNoEvent() {
    await().until(() -> said().equals("starting"));
    await().until(() -> asked.size() > 5);

    assertThat(events).containsExactly(GLANCE);
  }

  @Test
  void aPodThatIsNoLongerFollowedIsNotAsked() {
    await().until(() -> said().equals("starting"));
    reader.forget(GLANCE);
    // A request that is under way when it is forgotten may still arrive.
    await()
        .until(
            () -> {
              int before = asked.size();
              await().pollDelay(QUICK.next().multipliedBy(20)).until(() -> true);
              return asked.size() == before;
            });
  }

  @Test
  void anotherPodHasNoProgressYet() {
    await().until(() -> said().equals("starting"));

    assertThat(reader.follow(GLANCE, "uid-2", "127.0.0.2")).isEmpty();
  }

  record Bad(int status, String answer) {}

  static List<Bad> badAnswers() {
    return List.of(
        new Bad(500, progress(1, "failing")),
        new Bad(503, ""),
        new Bad(302, progress(1, "elsewhere")),
        new Bad(200, ""),
        new Bad(200, "null"),
        new Bad(200, "no JSON"),
        new Bad(200, "[1, 2]"),
        new Bad(200, "{}"),
        new Bad(200, progress(1, "x".repeat(50_000))));
  }

  @ParameterizedTest
  @MethodSource("badAnswers")
  void aBadAnswerIsNoProgressAndTheNextOneCounts(Bad bad) {
    status = bad.status();
    answer = bad.answer();
    assertThat(said()).isEqualTo("nothing");
    await().until(() -> asked.size() > 2);
    assertThat(said()).isEqualTo("nothing");
    assertThat(events).isEmpty();

    status = 200;
    answer = progress(3, "proving version 9");
    await().until(() -> said().equals("proving version 9"));
  }

  @Test
  void aRunnerThatCannotBeReachedIsAskedAgain() {
    runner.stop(0);
    assertThat(said()).isEqualTo("nothing");
    await().pollDelay(QUICK.next().multipliedBy(5)).until(() -> said().equals("nothing"));

    assertThat(events).isEmpty();
  }
}
