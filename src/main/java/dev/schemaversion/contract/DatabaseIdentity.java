package dev.schemaversion.contract;

/**
 * Which database it really is, as the server itself says, whatever name leads to it.
 *
 * @param server PostgreSQL's {@code system_identifier}, which initdb gives and a replica shares
 * @param name the database's name on that server
 */
public record DatabaseIdentity(String server, String name) {
  @Override
  public String toString() {
    return name + "@" + server;
  }
}
