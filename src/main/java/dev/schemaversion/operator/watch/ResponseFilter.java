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
 * Intercepts responses of the API server and drops the fields that the operator does not read, see
 * {@link KeptFields}. Lists and watches of ConfigMaps request the metadata only.
 */
final class ResponseFilter implements Interceptor {
  /** The API server accepts this kind for watches, and the other one for lists. */
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
    return isWatch(request) ? liveness.recording(filtered) : filtered;
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    if (isWatch(request) && response.body() instanceof AsyncBody body) {
      liveness.recordActivity(body);
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
      private boolean unfiltered;

      @Override
      public void consume(List<ByteBuffer> chunks, AsyncBody body) throws Exception {
        if (filter == null) {
          filter = new JsonFilter(kept);
          unfiltered = !startsObject(chunks);
        }
        if (unfiltered) {
          consumer.consume(chunks, body);
          return;
        }
        var filtered = new ArrayList<ByteBuffer>();
        for (var chunk : chunks) {
          var bytes = filter.filter(chunk);
          if (bytes.length > 0) {
            filtered.add(ByteBuffer.wrap(bytes));
          }
        }
        if (filtered.isEmpty()) {
          // The consumer is not called, so it does not request the next chunk.
          body.consume();
        } else {
          consumer.consume(filtered, body);
        }
      }
    };
  }

  /**
   * Whether a response starts like a JSON object. The error page of a proxy does not, and must pass
   * unfiltered.
   */
  private static boolean startsObject(List<ByteBuffer> chunks) {
    return chunks.stream()
        .filter(ByteBuffer::hasRemaining)
        .findFirst()
        .map(chunk -> chunk.get(chunk.position()) == '{')
        .orElse(true);
  }
}
