package dev.schemaversion.contract;

/**
 * Which database it really is, as the server itself says, whatever name leads to it.
 *
 * @param server PostgreSQL's {@code system_identifier}, which initdb gives and a replica shares; or
 *     {@link #UNKNOWN}
 * @param name the database's name on that server
 */
public record DatabaseIdentity(String server, String name) {
  /**
   * Stands for a server that has no identifier, or does not let the user read it. Two of these may
   * be two servers.
   */
  public static final String UNKNOWN = "unknown";

  @Override
  public String toString() {
    return name + "@" + server;
  }
}
