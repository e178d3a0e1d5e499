package dev.schemaversion.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real PgBouncer in front of a database. */
public final class PgBouncer implements AutoCloseable {
  /** The user that PgBouncer switches to, because it does not run as root. */
  private static final String USER = "nobody";

  private final Process process;
  private final int port;

  private PgBouncer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a PgBouncer.
   *
   * @param folder the folder for its files
   * @param poolMode {@code session}, {@code transaction} or {@code statement}
   */
  public static PgBouncer before(Postgres.Database database, Path folder, String poolMode)
      throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    var users = folder.resolve("users.txt");
    Files.writeString(users, "\"%s\" \"%s\"\n".formatted(database.user(), Postgres.PASSWORD));
    var settings = folder.resolve("pgbouncer.ini");
    Files.writeString(
        settings,
        """
        [databases]
        * = host=localhost port=%d
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = plain
        auth_file = %s
        pool_mode = %s
        ignore_startup_parameters = extra_float_digits
        """
            .formatted(database.port(), port, users, poolMode));
    Stream.of(folder, users, settings)
        .forEach(
            path -> {
              path.toFile().setReadable(true, false);
              path.toFile().setExecutable(path.equals(folder), false);
            });
    var process =
        new ProcessBuilder(program(), "-u", USER, settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("pgbouncer.log").toFile())
            .start();
    return new PgBouncer(process, port);
  }

  private static String program() {
    return InstalledPrograms.onPath("pgbouncer")
        .orElseGet(() -> InstalledPrograms.program("pgbouncer/usr/sbin/pgbouncer", "e2e/pgbouncer"))
        .toString();
  }

  /** The port on the loopback address. */
  public int port() {
    return port;
  }

  /** Whether the process is running; its log contains the reason if not. */
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
