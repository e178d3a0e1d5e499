package dev.schemaversion.operator.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Filters objects as the operator's client does: without the fields that the operator ignores. */
public final class FilteredObjects {
  private static final Map<String, String> PATHS =
      Map.of(
          "Pod", "/api/v1/namespaces/n/pods/x",
          "Job", "/apis/batch/v1/namespaces/n/jobs/x",
          "Deployment", "/apis/apps/v1/namespaces/n/deployments/x",
          "StatefulSet", "/apis/apps/v1/namespaces/n/statefulsets/x",
          "SchemaVersion", "/apis/schemaversion.dev/v1alpha1/namespaces/n/schemaversions/x");

  private FilteredObjects() {}

  /** Returns an object as it arrives from the API server. */
  @SuppressWarnings("unchecked")
  public static <T extends HasMetadata> T of(T object) {
    var json = Serialization.asJson(object);
    var left = filtered(PATHS.get(object.getKind()), json);
    return (T) Serialization.unmarshal(left, object.getClass());
  }

  /** Returns a response for this path after the filter. */
  static String filtered(String path, String json) {
    try {
      var filter = new JsonFilter(KeptFields.ofPath(path).orElseThrow());
      var bytes = filter.filter(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
      return new String(bytes, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
