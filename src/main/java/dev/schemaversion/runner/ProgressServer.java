package dev.schemaversion.runner;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.Mounts;
import dev.schemaversion.runner.report.CurrentActivity;
import dev.schemaversion.runner.report.Log;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/**
 * Serves the progress of the run over HTTP while it runs, see {@link Mounts#PROGRESS_PORT}. The run
 * does not depend on it: a port that is in use is only logged.
 */
final class ProgressServer {
  /** The path without the query. */
  static final String PATH = "/progress";

  private static final Duration PATIENCE = Duration.ofSeconds(Mounts.PROGRESS_PATIENCE_SECONDS);
  private static final Pattern QUERY = Pattern.compile("after=([0-9]{1,18})");

  /** The operator has one request open; others may look too, but not without limit. */
  private static final int MAX_CONCURRENT = 8;

  private final CurrentActivity activity;
  private final Duration patience;
  private final Semaphore free = new Semaphore(MAX_CONCURRENT);

  ProgressServer(CurrentActivity activity, Duration patience) {
    this.activity = activity;
    this.patience = patience;
  }

  /** Serves until the process ends. Returns at once, because the run need not wait for it. */
  static void start(CurrentActivity activity, Log log) {
    Thread.ofPlatform()
        .daemon()
        .name("progress")
        .start(
            () -> {
              try {
                var unused =
                    new ProgressServer(activity, PATIENCE)
                        .listen(new InetSocketAddress(Mounts.PROGRESS_PORT));
              } catch (IOException e) {
                log.line(
                    "the progress is not served at port "
                        + Mounts.PROGRESS_PORT
                        + ": "
                        + e.getMessage());
              }
            });
  }

  /** Listens at an address until the server is stopped. */
  HttpServer listen(InetSocketAddress address) throws IOException {
    var server = HttpServer.create(address, 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(PATH, this::handle);
    server.start();
    return server;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
        answer(exchange, HttpURLConnection.HTTP_BAD_METHOD, "");
      } else if (!free.tryAcquire()) {
        answer(exchange, HttpURLConnection.HTTP_UNAVAILABLE, "");
      } else {
        try {
          answer(
              exchange,
              HttpURLConnection.HTTP_OK,
              Codec.write(activity.after(after(exchange), patience)));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        } finally {
          free.release();
        }
      }
    }
  }

  /** Returns the revision that is known already; -1, which no progress has, if there is none. */
  private static long after(HttpExchange exchange) {
    var query = exchange.getRequestURI().getQuery();
    var matcher = QUERY.matcher(query == null ? "" : query);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
