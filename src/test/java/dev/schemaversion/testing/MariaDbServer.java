package dev.schemaversion.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A real server of MariaDB or MySQL that ends with the JVM. Its superuser is {@code root}, locally
 * and without a password.
 */
public final class MariaDbServer {
  private static final Programs PROGRAMS = Programs.GIVEN;
  private static final Duration START = Duration.ofMinutes(5);

  private final Path folder;
  private final int port;
  private final Process process;

  private MariaDbServer(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
    Runtime.getRuntime().addShutdownHook(new Thread(this::end));
  }

  /** Starts a server with additional options, such as {@code --lower-case-table-names=1}. */
  public static MariaDbServer start(String... options) {
    try {
      var folder = ServerFolder.create();
      Certificates.selfSigned(folder, "localhost");
      PROGRAMS.fill(folder);
      var port = freePort();
      var all =
          new ArrayList<>(
              List.of(
                  "--port=" + port,
                  "--bind-address=127.0.0.1",
                  "--socket=" + folder.resolve("socket"),
                  "--max-connections=60",
                  "--ssl-cert=" + folder.resolve("server.crt"),
                  "--ssl-key=" + folder.resolve("server.key")));
      all.addAll(PROGRAMS.serving());
      all.addAll(Arrays.asList(options));
      var process = PROGRAMS.process(folder, all.toArray(String[]::new)).start();
      var server = new MariaDbServer(folder, port, process);
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port on localhost. */
  public int port() {
    return port;
  }

  /** The certificate for {@code localhost}. */
  public Path certificate() {
    return folder.resolve("server.crt");
  }

  /** Opens a session. */
  public Connection connect(String database, String user, String password) throws SQLException {
    return DriverManager.getConnection(url(database), user, password);
  }

  String url(String database) {
    return "jdbc:mariadb://localhost:"
        + port
        + "/"
        + database
        + "?sslMode=trust&allowMultiQueries=true";
  }

  /** Returns the output of {@code mariadb-dump} or {@code mysqldump} of the server's version. */
  String dump(String database, List<String> options) {
    return run(PROGRAMS.dump(), "", database, options);
  }

  /** Runs SQL with {@code mariadb} or {@code mysql}. */
  void execute(String sql, String database) {
    run(PROGRAMS.client(), sql, database, List.of());
  }

  private String run(List<String> program, String input, String database, List<String> options) {
    var command = new ArrayList<>(program);
    command.addAll(List.of("--host=127.0.0.1", "--port=" + port, "--user=root"));
    command.add("--default-character-set=utf8mb4");
    command.addAll(options);
    command.add(database);
    try {
      var file = Files.createTempFile(folder, "input", ".sql");
      Files.writeString(file, input);
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(file.toFile())
              .start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Waits until the server accepts connections. */
  private void awaitReady() {
    await()
        .atMost(START)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(SQLException.class)
        .failFast(() -> assertThat(process.isAlive()).as(() -> log(folder)).isTrue())
        .until(
            () -> {
              try (var connection = connect("", "root", "")) {
                return connection.isValid(1);
              }
            });
  }

  private void end() {
    process.destroyForcibly(); // no data has to survive
    try {
      process.waitFor();
      ServerFolder.delete(folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String log(Path folder) {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
