package dev.schemaversion.operator.watch;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An interceptor of the Kubernetes client that drops what the operator does not read from the API
 * server's answers while they arrive, see {@link KeptFields}. Of ConfigMaps it lists and watches
 * the metadata alone.
 */
final class ResponseFilter implements Interceptor {
  /** The API server wants to be asked for lists and for events by these names. */
  private static final String METADATA_OF_EVENTS =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

  private static final String METADATA_OF_LISTS =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

  private final WatchLiveness liveness;

  ResponseFilter(WatchLiveness liveness) {
    this.liveness = liveness;
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (request.uri().getPath().endsWith("/configmaps")) {
      builder.setHeader("Accept", isWatch(request) ? METADATA_OF_EVENTS : METADATA_OF_LISTS);
    }
  }

  @Override
  public AsyncBody.Consumer<List<ByteBuffer>> consumer(
      AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
    var path = request.uri().getPath();
    var filtered = KeptFields.ofPath(path).map(kept -> filtered(consumer, kept)).orElse(consumer);
    return isWatch(request) ? liveness.noting(filtered) : filtered;
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    if (isWatch(request) && response.body() instanceof AsyncBody body) {
      liveness.note(body);
    }
  }

  private static boolean isWatch(HttpRequest request) {
    var query = request.uri().getQuery();
    return query != null && query.contains("watch=true");
  }

  private static AsyncBody.Consumer<List<ByteBuffer>> filtered(
      AsyncBody.Consumer<List<ByteBuffer>> consumer, KeptFields kept) {
    return new AsyncBody.Consumer<>() {
      private JsonFilter filter;
      private boolean plain;

      @Override
      public void consume(List<ByteBuffer> pieces, AsyncBody body) throws Exception {
        if (filter == null) {
          filter = new JsonFilter(kept);
          plain = !beginsAnObject(pieces);
        }
        if (plain) {
          consumer.consume(pieces, body);
          return;
        }
        var left = new ArrayList<ByteBuffer>();
        for (var piece : pieces) {
          var bytes = filter.take(piece);
          if (bytes.length > 0) {
            left.add(ByteBuffer.wrap(bytes));
          }
        }
        if (left.isEmpty()) {
          // Nobody else asks for the next piece then.
          body.consume();
        } else {
          consumer.consume(left, body);
        }
      }
    };
  }

  /** A proxy in between answers in other ways, and an error message is to be read. */
  private static boolean beginsAnObject(List<ByteBuffer> pieces) {
    return pieces.stream()
        .filter(ByteBuffer::hasRemaining)
        .findFirst()
        .map(piece -> piece.get(piece.position()) == '{')
        .orElse(true);
  }
}
