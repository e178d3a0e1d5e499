package dev.schemaversion.cli.kubectl.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.cli.kubectl.Plugin;
import dev.schemaversion.cli.kubectl.view.page.Dashboard;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server answers GET on this machine to whoever knows its address, and to nobody else. */
class DashboardServerTest {
  private static final Clock CLOCK = Clock.fixed(Plugin.NOW, ZoneOffset.UTC);
  private static final Dashboard DASHBOARD = RecordedDashboard.of(RecordedDashboard.cluster());

  private DashboardServer server;

  @BeforeEach
  void start() throws IOException {
    server = DashboardServer.start(0, () -> DASHBOARD, CLOCK);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theAddressHasTheFirstPageWithStyleAndScript() throws IOException {
    var page = get("");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.headers()).containsEntry("content-type", "text/html; charset=utf-8");
    assertThat(page.body()).isEqualTo(DASHBOARD.overview(Plugin.NOW));
    assertThat(page.body()).contains("href=\"dashboard.css\"", "src=\"dashboard.js\"");
    assertThat(get("dashboard.css").headers())
        .containsEntry("content-type", "text/css; charset=utf-8");
    assertThat(get("dashboard.js").body()).startsWith("\"use strict\"");
    assertThat(get("icon.svg").headers()).containsEntry("content-type", "image/svg+xml");
  }

  @Test
  void aResourceHasAPageAndOneThatIsGoneIsSaidToBeGone() throws IOException {
    assertThat(get("r/images/glance").body())
        .isEqualTo(DASHBOARD.page("images", "glance", Plugin.NOW).orElseThrow());

    var gone = get("r/images/nova");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.body())
        .contains("It may have been deleted.", "id=\"content\"", "href=\"../../dashboard.css\"");
    assertThat(get("nova").body()).contains("href=\"dashboard.css\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dashboard.css",
        "dashboard.js",
        "icon.svg",
        "r/images/glance",
        "r/a/b",
        "none",
        "../"
      })
  void everyAnswerHasTheHeadersThatConfineABrowser(String path) throws IOException {
    assertThat(get(path).headers())
        .containsEntry(
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'")
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("referrer-policy", "no-referrer")
        .containsEntry("cross-origin-opener-policy", "same-origin")
        .containsEntry("cross-origin-resource-policy", "same-origin")
        .containsEntry("cache-control", "no-store")
        .doesNotContainKey("access-control-allow-origin");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "evil.example.org, 403",
    "evil.example.org:PORT, 403",
    "127.0.0.1.evil.example.org:PORT, 403",
    "127.0.0.1, 403",
    "localhost, 403",
    "'', 403",
    "127.0.0.1:1, 403",
    "127.0.0.1:PORT, 200",
    "localhost:PORT, 200",
  })
  void onlyItsOwnHostIsAnswered(String host, int status) throws IOException {
    var answer =
        send("GET", root(), "Host: " + host.replace("PORT", Integer.toString(port())) + "\r\n");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body().contains("glance")).isEqualTo(status == 200);
  }

  @Test
  void aRequestWithoutAHostIsRefused() throws IOException {
    assertThat(send("GET", root(), "").status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE"})
  void onlyGetIsAnswered(String method) throws IOException {
    var answer = send(method, root(), "Host: 127.0.0.1:" + port() + "\r\nContent-Length: 0\r\n");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers()).containsEntry("allow", "GET");
    assertThat(answer.body()).doesNotContain("glance");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/r/images/glance",
        "/dashboard.css",
        "//",
        "/%s0/",
        "/%s",
        "/../%s/",
        "/x/../%s/"
      })
  void withoutTheKeyNothingIsShown(String path) throws IOException {
    var key = root().replace("/", "");
    var answer = send("GET", path.formatted(key), "Host: 127.0.0.1:" + port() + "\r\n");

    assertThat(answer.status()).isIn(400, 404);
    assertThat(answer.body()).doesNotContain("images", key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dashboard.css/",
        "package-info.class",
        "DashboardServer.class",
        "../../../../application.properties",
        "..%2f..%2fapplication.properties",
        "r/images/glance/",
        "r/images",
        "r//",
        "r/..%2f/x"
      })
  void noOtherFileIsServed(String path) throws IOException {
    var answer = get(path);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).contains("Not found");
  }

  @Test
  void aDefectIsSaidToBeOne() throws IOException {
    server.close();
    server =
        DashboardServer.start(
            0,
            () -> {
              throw new IllegalStateException("a defect");
            },
            CLOCK);

    var answer = get("");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body()).contains("a defect");
  }

  @Test
  void everyServerHasAnotherKey() throws IOException {
    try (var other = DashboardServer.start(0, () -> DASHBOARD, CLOCK)) {
      assertThat(other.address().getPath()).isNotEqualTo(root()).matches("/[0-9a-f]{32}/");
    }
  }

  @Test
  void otherAddressesOfTheMachineAreNotListenedTo() {
    assertThat(server.address().getHost()).isEqualTo("127.0.0.1");
    assertThatThrownBy(
            () -> new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), port()).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void aPortThatIsUsedIsRefused() throws IOException {
    try (var used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () -> DashboardServer.start(used.getLocalPort(), () -> DASHBOARD, CLOCK).close())
          .isInstanceOf(IOException.class);
    }
  }

  private record Answer(int status, Map<String, String> headers, String body) {}

  private Answer get(String path) throws IOException {
    return send("GET", root() + path, "Host: 127.0.0.1:" + port() + "\r\n");
  }

  /** By hand, because Java's client sends neither a foreign host nor an invalid path. */
  private Answer send(String method, String path, String headers) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket
          .getOutputStream()
          .write(
              "%s %s HTTP/1.1\r\n%sConnection: close\r\n\r\n"
                  .formatted(method, path, headers)
                  .getBytes(StandardCharsets.UTF_8));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var parts = answer.split("\r\n\r\n", 2);
      var lines = Arrays.asList(parts[0].split("\r\n", -1));
      var found = new TreeMap<String, String>();
      lines.stream()
          .skip(1)
          .map(line -> line.split(": ?", 2))
          .filter(header -> header.length > 1)
          .forEach(header -> found.put(header[0].toLowerCase(Locale.ROOT), header[1]));
      return new Answer(
          Integer.parseInt(lines.getFirst().split(" ", -1)[1]),
          found,
          parts.length > 1 ? parts[1] : "");
    }
  }

  private String root() {
    return address().getPath();
  }

  private int port() {
    return address().getPort();
  }

  private URI address() {
    return server.address();
  }
}
