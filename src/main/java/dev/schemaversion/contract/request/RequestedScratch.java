package dev.schemaversion.contract.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The scratch server. It requires no password and listens only inside the pod.
 *
 * @param host its address, {@code 127.0.0.1} in a pod
 * @param port its TCP port
 * @param extensions the extensions that a migrating user may create there, if it is superuser on
 *     the real server; null for none
 * @param superuser whether such a user is superuser there too; null for false
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RequestedScratch(String host, int port, List<String> extensions, Boolean superuser) {
  /** A server on which the migrating user is never superuser. */
  public RequestedScratch(String host, int port) {
    this(host, port, null, null);
  }

  /** {@code extensions} with its default. */
  public List<String> extensionsOrDefault() {
    return extensions == null ? List.of() : extensions;
  }

  /** {@code superuser} with its default. */
  public boolean permitsSuperuser() {
    return Boolean.TRUE.equals(superuser);
  }
}
