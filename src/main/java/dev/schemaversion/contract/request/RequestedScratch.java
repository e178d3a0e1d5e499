package dev.schemaversion.contract.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The scratch server. In a pod it requires no password and listens only inside the pod.
 *
 * @param host its address, {@code 127.0.0.1} in a pod
 * @param port its TCP port
 * @param extensions the extensions that a migrating user may create there, if it is superuser on
 *     the real server; null for none
 * @param superuser whether such a user is superuser there too; null for false
 * @param password the password of every user there; null in a pod. Only a run outside of a cluster
 *     has one, and its request is not written anywhere
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RequestedScratch(
    String host, int port, List<String> extensions, Boolean superuser, String password) {
  /** A server on which the migrating user is never superuser. */
  public RequestedScratch(String host, int port) {
    this(host, port, null, null);
  }

  /** A server without passwords. */
  public RequestedScratch(String host, int port, List<String> extensions, Boolean superuser) {
    this(host, port, extensions, superuser, null);
  }

  /** {@code password}; empty without one. */
  public String passwordOrEmpty() {
    return password == null ? "" : password;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return host + ":" + port;
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
