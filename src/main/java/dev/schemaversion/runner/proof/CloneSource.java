package dev.schemaversion.runner.proof;

import dev.schemaversion.contract.RunRequest.TlsMode;
import java.nio.file.Path;

/**
 * How {@code pg_dump} reaches the real database.
 *
 * @param host host name or address
 * @param port TCP port
 * @param database the database's name
 * @param user who logs in
 * @param password the user's
 * @param role the role to take on after login, or null
 * @param tlsMode how the connection is secured
 * @param certificateAuthority whom the server's certificate must come from, where it is checked
 * @param application how the session is called on the server
 */
public record CloneSource(
    String host,
    int port,
    String database,
    String user,
    String password,
    String role,
    TlsMode tlsMode,
    Path certificateAuthority,
    String application) {

  /** Without the password. */
  @Override
  public String toString() {
    return user + " at " + host + ":" + port + "/" + database;
  }
}
