package dev.schemaversion.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.Progress;
import dev.schemaversion.runner.report.CurrentActivity;
import dev.schemaversion.runner.report.Log;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runner's progress is served over HTTP, and a request waits for the next change. */
class ProgressServerTest {
  private final CurrentActivity activity = new CurrentActivity(InstantSource.system());
  private final Log log =
      new Log(
          new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8), activity);
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        new ProgressServer(activity, Duration.ofMinutes(1))
            .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void stop() {
    server.stop(0);
    client.close();
  }

  @Test
  void theFirstRequestIsAnsweredAtOnce() {
    log.begin("proving version 9");

    assertThat(progress(get("/progress")).activity()).isEqualTo("proving version 9");
  }

  @Test
  void aRequestAfterThePresentRevisionIsAnsweredWithTheNext() {
    var present = progress(get("/progress"));
    var next = send("GET", "/progress?after=" + present.revision());
    log.script("running", "V9__name.sql", 1, 2);

    assertThat(progress(next.join()).activity()).isEqualTo("running V9__name.sql");
  }

  @ParameterizedTest
  @ValueSource(strings = {"after=x", "after=-5", "after=99999999999999999999", "before=1", "%00"})
  void aQueryThatIsNoneIsAnsweredAtOnce(String query) {
    assertThat(get("/progress?" + query).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE"})
  void nothingCanBeChanged(String method) {
    assertThat(send(method, "/progress").join().statusCode()).isEqualTo(405);
  }

  @Test
  void nothingElseIsServed() {
    assertThat(get("/").statusCode()).isEqualTo(404);
  }

  @Test
  void manyThatWaitDoNotTakeTheRunnersMemory() {
    var present = progress(get("/progress"));
    var waiting =
        IntStream.range(0, 40)
            .mapToObj(i -> send("GET", "/progress?after=" + present.revision()))
            .toList();

    await().until(() -> waiting.stream().filter(CompletableFuture::isDone).count() >= 32);
    assertThat(waiting.stream().filter(CompletableFuture::isDone))
        .allSatisfy(refused -> assertThat(refused.join().statusCode()).isEqualTo(503));
    log.begin("proving version 9");
    assertThat(waiting.stream().filter(answer -> answer.join().statusCode() == 200)).hasSize(8);
  }

  private static Progress progress(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    return Codec.readProgress(response.body()).orElseThrow();
  }

  private HttpResponse<String> get(String path) {
    return send("GET", path).join();
  }

  private CompletableFuture<HttpResponse<String>> send(String method, String path) {
    var address = server.getAddress();
    var uri = URI.create("http://localhost:" + address.getPort() + path);
    return client.sendAsync(
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }
}
