package dev.schemaversion.operator.progress;

import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.Mounts;
import dev.schemaversion.contract.Progress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.HttpURLConnection;
import java.time.Duration;

/** Asks the runner in a pod for its progress. */
class RunnerClient {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** The runner answers earlier. */
  private static final Duration ANSWER =
      Duration.ofSeconds(Mounts.PROGRESS_PATIENCE_SECONDS).plusSeconds(10);

  /** Many times what a progress has. */
  private static final long MAX_BYTES = 16_384;

  private final HttpClient http;
  private final int port;

  RunnerClient(Vertx vertx) {
    this(vertx, Mounts.PROGRESS_PORT);
  }

  RunnerClient(Vertx vertx, int port) {
    this.port = port;
    // A connection for each request, because the next one comes seconds later.
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout((int) CONNECT.toMillis())
                .setDecompressionSupported(false));
  }

  /**
   * Returns the progress as soon as its revision is another one; fails if the runner cannot be
   * reached or its answer is none.
   */
  Future<Progress> progress(String address, long revision) {
    var options =
        new RequestOptions()
            .setServer(SocketAddress.inetSocketAddress(port, address))
            .setHost("runner")
            .setPort(port)
            .setURI("/progress?after=" + revision)
            .setTimeout(ANSWER.toMillis());
    return http.request(options)
        .compose(request -> request.send().compose(RunnerClient::body))
        .map(
            body ->
                Codec.readProgress(body.toString())
                    .orElseThrow(() -> new IllegalStateException("the answer is no progress")));
  }

  private static Future<Buffer> body(HttpClientResponse response) {
    if (response.statusCode() != HttpURLConnection.HTTP_OK) {
      return refuse(response, "HTTP status " + response.statusCode());
    }
    var length = response.getHeader("Content-Length");
    if (length == null || !length.matches("[0-9]{1,9}") || Long.parseLong(length) > MAX_BYTES) {
      return refuse(response, "an answer of unknown or excessive length");
    }
    return response.body();
  }

  private static Future<Buffer> refuse(HttpClientResponse response, String why) {
    response.request().connection().close();
    return Future.failedFuture(why);
  }
}
