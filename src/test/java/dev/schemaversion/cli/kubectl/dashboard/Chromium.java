package dev.schemaversion.cli.kubectl.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A headless Chromium with one page, driven by its DevTools protocol. */
final class Chromium implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TIMEOUT_SECONDS = 60;

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  /**
   * Starts it.
   *
   * @param folder a folder of its own
   */
  Chromium(Path folder) throws IOException, InterruptedException {
    process =
        new ProcessBuilder(
                program(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    var ports = folder.resolve("DevToolsActivePort");
    Awaitility.await()
        .atMost(TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .until(() -> Files.exists(ports) && Files.readAllLines(ports).size() > 1);
    var port = Files.readAllLines(ports).getFirst();
    socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(page(port)), new Messages())
            .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .join();
    for (var domain : List.of("Page", "Runtime", "Log", "Network")) {
      send(domain + ".enable", Map.of());
    }
  }

  private static String program() throws IOException, InterruptedException {
    var install = new ProcessBuilder("e2e/chromium").redirectError(Redirect.INHERIT).start();
    var program = new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(install.waitFor()).as("e2e/chromium").isZero();
    assumeFalse(
        program.isBlank(), "Chromium is not installed, and only root on Debian can install it");
    return program.strip().lines().findFirst().orElseThrow();
  }

  private String page(String port) throws IOException, InterruptedException {
    var targets =
        http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build(),
            BodyHandlers.ofString());
    for (var target : JSON.readTree(targets.body())) {
      if (target.get("type").asText().equals("page")) {
        return target.get("webSocketDebuggerUrl").asText();
      }
    }
    throw new IllegalStateException("no page: " + targets.body());
  }

  /** Sets the size of the screen, and whether its user prefers dark pages. */
  void screen(int width, int height, double scale, boolean dark) {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", width, "height", height, "deviceScaleFactor", scale, "mobile", width < 500));
    send(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /** Opens an address, and waits until the page is loaded. */
  void open(String address) {
    send("Page.navigate", Map.of("url", address));
    await("document.readyState === 'complete' && location.href === " + quoted(address));
  }

  /** Waits until an expression is true. */
  void await(String expression) {
    Awaitility.await()
        .atMost(TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .until(() -> evaluate(expression).asBoolean());
  }

  /** Returns the value of an expression. */
  JsonNode evaluate(String expression) {
    var answer = send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    assertThat(answer.has("exceptionDetails")).as(answer.toString()).isFalse();
    return answer.at("/result/value");
  }

  /** Returns the text that a person sees. */
  String text() {
    return evaluate("document.body.innerText").asText();
  }

  /** Returns a picture of an element, as PNG, at most as high as the screen. */
  byte[] picture(String selector, int height) {
    var place =
        evaluate(
            "(() => { const r = document.querySelector(%s).getBoundingClientRect(); return {x: r.x, y: r.y, width: r.width, height: Math.min(r.height, %d), scale: 1}; })()"
                .formatted(quoted(selector), height));
    return Base64.getDecoder()
        .decode(
            send(
                    "Page.captureScreenshot",
                    Map.of("format", "png", "captureBeyondViewport", true, "clip", place))
                .get("data")
                .asText());
  }

  /** Returns what the browser has logged: errors, and what its policies have blocked. */
  List<String> complaints() {
    return complaints;
  }

  private static String quoted(String text) {
    return JSON.valueToTree(text).toString();
  }

  private JsonNode send(String method, Map<String, ?> parameters) {
    int id = ids.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    answers.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    socket.sendText(message.toString(), true).join();
    var answered = answer.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    assertThat(answered.has("error")).as(method + ": " + answered).isFalse();
    return answered.get("result");
  }

  /** Puts the parts of messages together, and gives answers to who waits for them. */
  private final class Messages implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try {
          received(JSON.readTree(text.toString()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void received(JsonNode message) {
      if (message.has("id")) {
        answers.remove(message.get("id").asInt()).complete(message);
      } else {
        var event = message.get("method").asText();
        if (event.equals("Log.entryAdded")
            || event.equals("Runtime.exceptionThrown")
            || event.equals("Runtime.consoleAPICalled")) {
          complaints.add(message.toString());
        }
      }
    }
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process.onExit().join();
    http.close();
  }
}
