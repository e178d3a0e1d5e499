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
import java.util.Comparator;
import java.util.List;

/**
 * One real MariaDB server, gone with the JVM. Its superuser is {@code root}, from this machine,
 * without a password.
 */
public final class MariaDbServer {
  /** The build unpacks them. */
  private static final Path PROGRAMS = Path.of("target", "mariadb").toAbsolutePath();

  private static final Duration START = Duration.ofSeconds(60);

  private final Path folder;
  private final int port;
  private final Process process;

  private MariaDbServer(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
    Runtime.getRuntime().addShutdownHook(new Thread(this::end));
  }

  /** Starts a server with more options, such as {@code --lower-case-table-names=1}. */
  public static MariaDbServer start(String... options) {
    try {
      var folder = Files.createTempDirectory("mariadb");
      Certificates.selfSigned(folder, "localhost");
      fill(folder);
      var port = freePort();
      var command = command(folder, "--port=" + port, "--bind-address=127.0.0.1");
      command.addAll(
          List.of(
              "--socket=" + folder.resolve("socket"),
              "--skip-name-resolve",
              "--max-connections=60",
              "--ssl-cert=" + folder.resolve("server.crt"),
              "--ssl-key=" + folder.resolve("server.key")));
      command.addAll(Arrays.asList(options));
      var server = new MariaDbServer(folder, port, process(folder, command).start());
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of the programs that came with the server. */
  public static Path program(String name) {
    var program = PROGRAMS.resolve("bin").resolve(name);
    if (!program.toFile().setExecutable(true)) {
      throw new AssertionError("There is no " + program + ": the build puts it there");
    }
    return program;
  }

  /** On localhost. */
  public int port() {
    return port;
  }

  /** For {@code localhost}. */
  public Path certificate() {
    return folder.resolve("server.crt");
  }

  /** A session. */
  public Connection connect(String database, String user, String password) throws SQLException {
    return DriverManager.getConnection(url(database), user, password);
  }

  String url(String database) {
    return "jdbc:mariadb://localhost:"
        + port
        + "/"
        + database
        + "?sslMode=disable&allowMultiQueries=true";
  }

  /** What one of the programs writes, run as superuser with an input. */
  String run(String program, String input, String database, List<String> options) {
    var command = new ArrayList<String>();
    command.add(program(program).toString());
    command.addAll(List.of("--no-defaults", "--host=127.0.0.1", "--port=" + port, "--user=root"));
    command.addAll(List.of("--skip-ssl", "--default-character-set=utf8mb4"));
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

  /** The data folder as {@code mariadb-install-db} makes it, without help texts. */
  private static void fill(Path folder) throws IOException {
    Files.createDirectory(folder.resolve("data"));
    var sql =
        new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n");
    for (var part : List.of("system_tables", "performance_tables", "system_tables_data")) {
      sql.append(Files.readString(PROGRAMS.resolve("share").resolve("mariadb_" + part + ".sql")));
    }
    var process = process(folder, command(folder, "--bootstrap")).start();
    try (var input = process.getOutputStream()) {
      input.write(sql.toString().getBytes(StandardCharsets.UTF_8));
    }
    try {
      if (process.waitFor() != 0) {
        throw new AssertionError(log(folder));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static List<String> command(Path folder, String... options) {
    var command = new ArrayList<String>();
    if (System.getProperty("user.name").equals("root")) {
      // the server refuses to run as root; its files stay those of somebody that it knows
      command.addAll(List.of("unshare", "--user", "--map-user=1000", "--map-group=1000"));
    }
    command.addAll(
        List.of(
            program("mariadbd").toString(),
            "--no-defaults",
            "--basedir=" + PROGRAMS,
            "--lc-messages-dir=" + PROGRAMS.resolve("share"),
            "--datadir=" + folder.resolve("data"),
            "--tmpdir=" + folder,
            "--innodb-buffer-pool-size=64M",
            "--innodb-log-file-size=16M",
            "--innodb-flush-log-at-trx-commit=0"));
    command.addAll(Arrays.asList(options));
    return command;
  }

  private static ProcessBuilder process(Path folder, List<String> command) {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
  }

  /** As soon as it lets somebody in. */
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
    process.destroyForcibly(); // there is nothing to keep
    try {
      process.waitFor();
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String log(Path folder) {
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
