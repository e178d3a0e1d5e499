package dev.schemaversion.contract;

/**
 * The identity of a database as the server itself reports it, independent of its address.
 *
 * @param server PostgreSQL's {@code system_identifier}, which initdb generates and a replica
 *     shares; or {@link #UNKNOWN}
 * @param name the name of the database on that server
 */
public record DatabaseIdentity(String server, String name) {
  /**
   * The identifier of a server that has none, or does not let the user read it. Two servers may
   * both have it.
   */
  public static final String UNKNOWN = "unknown";

  @Override
  public String toString() {
    return name + "@" + server;
  }
}
