package dev.schemaversion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The server of the database is recognized behind any address: everything would be dropped. */
class SameServerTest {
  private ServerSocket other;

  @BeforeEach
  void listen() throws IOException {
    other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    other.close();
  }

  private void accept(int server) {
    while (!other.isClosed()) {
      try {
        var from = other.accept();
        var to = new Socket(InetAddress.getLoopbackAddress(), server);
        Thread.ofVirtual().start(() -> copy(from, to));
        Thread.ofVirtual().start(() -> copy(to, from));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One of the two was closed.
    }
  }

  static Stream<TestDatabase> databases() {
    return Stream.of(Postgres.fresh(), MariaDb.fresh());
  }

  @ParameterizedTest
  @MethodSource("databases")
  void itIsRefusedAsAScratchServer(TestDatabase database) {
    Thread.ofVirtual().start(() -> accept(database.port()));
    var scheme = database instanceof MariaDb.Database ? "mariadb" : "postgresql";
    database.execute("CREATE TABLE images (id int)");

    var ended =
        new Cli()
            .on(database)
            .run(
                "which-version",
                "-m",
                Cli.GLANCE.resolve("migrations").toString(),
                "--scratch-url",
                scheme + "://localhost:" + other.getLocalPort());

    assertThat(ended.exitCode()).as(ended.out()).isEqualTo(44);
    assertThat(ended.out())
        .startsWith(
            "InvalidRequest: The scratch server at localhost:"
                + other.getLocalPort()
                + " is the server of the database itself.");
    assertThat(database.query("SELECT count(*) FROM images")).containsExactly("0");
  }
}
