package dev.schemaversion.cli.kubectl.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.schemaversion.cli.kubectl.view.page.Dashboard;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Serves the pages on 127.0.0.1 to whoever knows the address. Its path begins with a random part,
 * because all users and all web pages of this machine can reach the port, and the pages are read
 * with the rights of one user.
 */
final class DashboardServer implements AutoCloseable {
  private static final int KEY_BYTES = 16;
  private static final String LOOPBACK = "127.0.0.1";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Pages pages;
  private final String root;

  private DashboardServer(HttpServer server, Pages pages) {
    this.server = server;
    this.pages = pages;
    var key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    this.root = "/" + HexFormat.of().formatHex(key) + "/";
  }

  /**
   * Starts a server.
   *
   * @param port the port; 0 for a free one
   * @param dashboard returns what the pages show
   * @throws IOException if the port cannot be used
   */
  static DashboardServer start(int port, Supplier<Dashboard> dashboard, Clock clock)
      throws IOException {
    // Never a name, which could resolve to an address that others reach.
    var address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    var server = new DashboardServer(HttpServer.create(address, 0), new Pages(dashboard, clock));
    server.server.createContext("/", server::answer);
    server.server.setExecutor(server.threads);
    server.server.start();
    return server;
  }

  /** Returns the address of the first page. */
  URI address() {
    return URI.create("http://" + LOOPBACK + ":" + port() + root);
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var answer = checked(exchange);
      var headers = exchange.getResponseHeaders();
      SecurityHeaders.ALL.forEach(headers::set);
      headers.set("Content-Type", answer.type());
      if (answer.status() == HttpURLConnection.HTTP_BAD_METHOD) {
        headers.set("Allow", "GET");
      }
      // An answer to HEAD has no body.
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.status(), head ? -1 : answer.body().length);
      if (!head) {
        exchange.getResponseBody().write(answer.body());
      }
    }
  }

  private Answer checked(HttpExchange exchange) {
    // A web page whose name was made to resolve to this machine (DNS rebinding) sends its own name.
    var host = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Host"), "");
    if (!hosts().contains(host)) {
      return Answer.text(HttpURLConnection.HTTP_FORBIDDEN, "This server is not for that host.");
    }
    if (!exchange.getRequestMethod().equals("GET")) {
      return Answer.text(HttpURLConnection.HTTP_BAD_METHOD, "Only GET is answered.");
    }
    var path = exchange.getRequestURI().getRawPath();
    if (path == null || !path.startsWith(root)) {
      return Answer.text(
          HttpURLConnection.HTTP_NOT_FOUND,
          "There is nothing here. Open the whole address that the command has printed.");
    }
    try {
      return pages.at(path.substring(root.length()));
    } catch (RuntimeException e) {
      // Otherwise the connection would only be closed.
      return Answer.text(
          HttpURLConnection.HTTP_INTERNAL_ERROR, "An internal error. Please report it: " + e);
    }
  }

  private Set<String> hosts() {
    return Set.of(LOOPBACK + ":" + port(), "localhost:" + port());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /**
   * An answer.
   *
   * @param status the HTTP status
   * @param type the media type
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Answer(int status, String type, byte[] body) {
    static Answer text(int status, String text) {
      return new Answer(
          status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static Answer html(int status, String html) {
      return new Answer(status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }
  }
}
