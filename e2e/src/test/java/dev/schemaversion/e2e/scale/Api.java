package dev.schemaversion.e2e.scale;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;

/**
 * Sends an administrator's requests to the API server, fast enough for tens of thousands of
 * objects: all threads share a connection pool, and responses are not parsed.
 */
final class Api {
  /** More would only queue up: the API server has the same two or four cores as we. */
  private static final String NOT_SYNCED = "not yet synced to use for admission";

  private static final int AT_ONCE = 32;

  private final URI server;
  private final HttpClient client;

  /** The administrator of a kubeconfig. */
  Api(Config config) {
    this.server = URI.create(config.getMasterUrl());
    try {
      this.client =
          HttpClient.newBuilder()
              // Each connection has its own flow control; a cut watch must not stop other requests.
              .version(HttpClient.Version.HTTP_1_1)
              .sslContext(SSLUtils.sslContext(config))
              .build();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("The kubeconfig's certificates cannot be used", e);
    }
  }

  /** A request for a path with its query, to be completed. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path));
  }

  /** Sends it and waits for the answer. */
  <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException {
    try {
      return client.send(request, handler);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  /**
   * Creates an object, or leaves the one of that name. A new API server that has not synchronized
   * the policies' parameter yet denies labelled objects, and is asked again.
   */
  void create(String path, Object object) {
    demand("POST", path, "application/json", object);
  }

  /** Changes an object by a merge patch. */
  void patch(String path, Object patch) {
    demand("PATCH", path, "application/merge-patch+json", patch);
  }

  /** Deletes an object, or all of a collection. */
  void delete(String path) {
    demand("DELETE", path, "application/json", "");
  }

  /** The body of an answer. */
  String get(String path) {
    return demand("GET", path, "application/json", "");
  }

  /** The columns that {@code kubectl get} prints of a list, as JSON. */
  String table(String path) {
    return demand(
        request(path + "?includeObject=None")
            .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
            .build());
  }

  private String demand(String method, String path, String type, Object body) {
    var text = body instanceof String written ? written : Serialization.asJson(body);
    return demand(
        request(path)
            .method(method, BodyPublishers.ofString(text))
            .header("Content-Type", type)
            .build());
  }

  private String demand(HttpRequest request) {
    var answer =
        await("the API server answers, and the policies know their parameter")
            .atMost(Duration.ofMinutes(10))
            .ignoreExceptionsInstanceOf(UncheckedIOException.class) // it is busy with large objects
            .until(() -> sent(request), any -> !any.body().contains(NOT_SYNCED));
    boolean there = request.method().equals("POST") && answer.statusCode() == 409;
    boolean gone = request.method().equals("DELETE") && answer.statusCode() == 404;
    if (answer.statusCode() >= 300 && !there && !gone) {
      throw new IllegalStateException(
          "%s %s: %d %s"
              .formatted(request.method(), request.uri(), answer.statusCode(), answer.body()));
    }
    return answer.body();
  }

  private HttpResponse<String> sent(HttpRequest request) {
    try {
      return send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri(), e);
    }
  }

  /** Does something for each number from 0, many at once, and fails with the first that fails. */
  static void each(int count, IntConsumer action) {
    var permits = new Semaphore(AT_ONCE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<Future<?>>();
      for (int i = 0; i < count; i++) {
        int number = i;
        permits.acquire();
        results.add(
            threads.submit(
                () -> {
                  try {
                    action.accept(number);
                  } finally {
                    permits.release();
                  }
                }));
      }
      for (var result : results) {
        result.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
