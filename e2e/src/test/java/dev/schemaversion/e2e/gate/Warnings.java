package dev.schemaversion.e2e.gate;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpHeaders;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/** The warnings with which the API server answers a request, which the client itself hides. */
final class Warnings {

  private static final String POLICY = "ValidatingAdmissionPolicy 'schemaversion-warn-";

  private Warnings() {}

  /** Creates an object by a dry run, and returns the warnings of the gate. */
  static List<String> ofCreation(KubernetesClient client, String namespace, HasMetadata object) {
    return of(client, "POST", path(namespace, object), object);
  }

  /** Replaces an object by a dry run, and returns the warnings of the gate. */
  static List<String> ofReplacement(KubernetesClient client, String namespace, HasMetadata object) {
    var name = object.getMetadata().getName();
    return of(client, "PUT", path(namespace, object) + "/" + name, object);
  }

  private static String path(String namespace, HasMetadata object) {
    var version = object.getApiVersion();
    return "%s/%s/namespaces/%s/%ss"
        .formatted(
            version.contains("/") ? "apis" : "api",
            version,
            namespace,
            object.getKind().toLowerCase(Locale.ROOT));
  }

  private static List<String> of(
      KubernetesClient client, String method, String path, HasMetadata object) {
    var http = client.getHttpClient();
    var request =
        http.newHttpRequestBuilder()
            .uri(URI.create(client.getMasterUrl() + path + "?dryRun=All"))
            .method(method, "application/json", Serialization.asJson(object))
            .build();
    try {
      var response = http.sendAsync(request, String.class).get();
      if (!response.isSuccessful()) {
        throw new IllegalStateException(response.code() + ": " + response.body());
      }
      return warnings(response);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static List<String> warnings(HttpHeaders response) {
    return response.headers("Warning").stream().filter(text -> text.contains(POLICY)).toList();
  }
}
