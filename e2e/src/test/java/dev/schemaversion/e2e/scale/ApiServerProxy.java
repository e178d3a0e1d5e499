package dev.schemaversion.e2e.scale;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Proxies the API server for the operator over plain HTTP on this machine: with only the operator's
 * rights, with a log of requests, and with {@link Fault}s on demand.
 */
final class ApiServerProxy implements AutoCloseable {
  static {
    // Without these, small answers wait 40 ms for one another, and a pooled connection ends under
    // the hands of who uses it.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.idleInterval", "3600");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
  }

  private final Api api;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private volatile Fault fault = Fault.NONE;
  private volatile RequestLog log = new RequestLog();

  ApiServerProxy(Api api) {
    this.api = api;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** Where it is. */
  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What has been asked since {@link #forget}. */
  RequestLog log() {
    return log;
  }

  /** Begins a new log. */
  void forget() {
    log = new RequestLog();
  }

  /** From now on, watches that are open already included. */
  void behave(Fault how) {
    fault = how;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var asked = ApiRequest.of(exchange.getRequestMethod(), exchange.getRequestURI());
      if (exchange.getRequestHeaders().containsKey("Upgrade")) {
        // A watch by WebSocket. After this response the client watches by HTTP.
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      log.request(asked);
      var now = fault;
      pause(now.delay(asked));
      var instead = now.instead(asked);
      if (instead.isPresent()) {
        answer(exchange, instead.get());
      } else {
        forward(exchange, asked, now);
      }
    }
  }

  private static void pause(Duration time) {
    if (time.isPositive()) {
      long until = System.nanoTime() + time.toNanos();
      while (System.nanoTime() < until) {
        LockSupport.parkNanos(until - System.nanoTime());
      }
    }
  }

  private void answer(HttpExchange exchange, Fault.Answer answer) throws IOException {
    exchange.getRequestBody().readAllBytes();
    var body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    if (answer.retryAfter() > 0) {
      exchange.getResponseHeaders().set("Retry-After", "" + answer.retryAfter());
    }
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  private void forward(HttpExchange exchange, ApiRequest asked, Fault now) throws IOException {
    var answer =
        api.send(
            AsOperator.request(api, exchange, now.changes(asked)), BodyHandlers.ofInputStream());
    try (var content = answer.body()) {
      for (var name : List.of("Content-Type", "Content-Encoding", "Retry-After")) {
        answer
            .headers()
            .firstValue(name)
            .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
      }
      if (asked.is("watch") && answer.statusCode() == 200) {
        exchange.sendResponseHeaders(200, 0);
        watch(exchange, asked, content);
      } else if (now.changes(asked) && answer.statusCode() == 200) {
        var changed = Changed.answer(content.readAllBytes(), now);
        exchange.sendResponseHeaders(200, changed.length);
        exchange.getResponseBody().write(changed);
      } else {
        exchange.sendResponseHeaders(answer.statusCode(), length(answer));
        copy(content, exchange);
      }
    }
  }

  private static long length(HttpResponse<?> answer) {
    long length = answer.headers().firstValueAsLong("Content-Length").orElse(0);
    // What is 0 to the header is -1 to the server, whose 0 is "unknown".
    return answer.headers().firstValue("Content-Length").isPresent() && length == 0 ? -1 : length;
  }

  /** A later fault applies to an open connection too, so the connection checks periodically. */
  private void watch(HttpExchange exchange, ApiRequest asked, InputStream content)
      throws IOException {
    var begun = System.nanoTime();
    var cut =
        clock.scheduleWithFixedDelay(
            () ->
                fault
                    .watchLasts()
                    .filter(time -> System.nanoTime() - begun > time.toNanos())
                    .ifPresent(time -> closed(content)),
            100,
            100,
            TimeUnit.MILLISECONDS);
    try {
      var lines = new Changed.Lines(exchange.getResponseBody());
      var buffer = new byte[1 << 16];
      for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
        log.answered(count);
        lines.write(buffer, count, fault.changes(asked) ? fault : Fault.NONE);
      }
    } catch (IOException e) {
      // Cut by the fault, or the operator has gone: either way there is no more to say.
    } finally {
      cut.cancel(false);
    }
  }

  private static void closed(InputStream content) {
    try {
      content.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copy(InputStream content, HttpExchange exchange) throws IOException {
    var buffer = new byte[1 << 16];
    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
      log.answered(count);
      exchange.getResponseBody().write(buffer, 0, count);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    clock.shutdownNow();
    threads.shutdownNow();
  }
}
