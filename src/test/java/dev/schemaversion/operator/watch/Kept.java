package dev.schemaversion.operator.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Objects as the operator sees them: without the fields that it does not read. */
public final class Kept {
  private static final Map<String, String> PATHS =
      Map.of(
          "Pod", "/api/v1/namespaces/n/pods/x",
          "Job", "/apis/batch/v1/namespaces/n/jobs/x",
          "Deployment", "/apis/apps/v1/namespaces/n/deployments/x",
          "StatefulSet", "/apis/apps/v1/namespaces/n/statefulsets/x",
          "SchemaVersion", "/apis/schemaversion.dev/v1alpha1/namespaces/n/schemaversions/x");

  private Kept() {}

  /** What is left of an object when it arrives from the API server. */
  @SuppressWarnings("unchecked")
  public static <T extends HasMetadata> T of(T object) {
    var json = Serialization.asJson(object);
    var left = filtered(PATHS.get(object.getKind()), json);
    return (T) Serialization.unmarshal(left, object.getClass());
  }

  /** What is left of an answer under this path. */
  static String filtered(String path, String json) {
    try {
      var filter = new JsonFilter(KeptFields.ofPath(path).orElseThrow());
      var bytes = filter.take(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
      return new String(bytes, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
