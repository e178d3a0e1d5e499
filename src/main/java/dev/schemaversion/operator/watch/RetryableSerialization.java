package dev.schemaversion.operator.watch;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.InputStream;

/**
 * Parses the API server's responses, and reports one that cannot be parsed as an error that is
 * retried.
 *
 * <p>A response can be truncated, by a proxy or by the API server's timeout. An informer that finds
 * a {@link JacksonException} among the causes of a failed list stops for good, and the operator
 * would wait for it for ever. Objects that cannot be parsed are no reason to stop either: {@link
 * dev.schemaversion.api.v1alpha1.SchemaVersionReader} reads what it can of them.
 */
final class RetryableSerialization extends KubernetesSerialization {
  /** Creates it as Quarkus would create its own, without a search of the class path. */
  RetryableSerialization(ObjectMapper mapper) {
    super(mapper, false);
  }

  /**
   * Parses a response.
   *
   * @throws KubernetesClientException if it cannot be parsed; no cause is a JacksonException
   */
  @Override
  public <T> T unmarshal(InputStream response, TypeReference<T> type) {
    try {
      return super.unmarshal(response, type);
    } catch (RuntimeException e) {
      var parsing = parsingError(e);
      if (parsing == null) {
        throw e;
      }
      throw new KubernetesClientException(
          "The response of the API server cannot be parsed: " + parsing.getOriginalMessage());
    }
  }

  private static JacksonException parsingError(Throwable thrown) {
    for (var cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof JacksonException parsing) {
        return parsing;
      }
    }
    return null;
  }
}
