package dev.schemaversion.runner.postgres.scratch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A port that simulates a starting server: it refuses connections until opened, then forwards them.
 */
final class DelayedPort implements AutoCloseable {
  private final int server;
  private final int number;
  private ServerSocket listening;

  DelayedPort(int server) throws IOException {
    this.server = server;
    try (var free = new ServerSocket(0)) {
      number = free.getLocalPort();
    }
  }

  int number() {
    return number;
  }

  void open() throws IOException {
    listening = new ServerSocket();
    listening.bind(new InetSocketAddress(InetAddress.getByName("localhost"), number));
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        var client = listening.accept();
        Thread.ofVirtual().start(() -> join(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void join(Socket client) {
    try {
      var behind = new Socket("localhost", server);
      pass(client, behind);
      pass(behind, client);
    } catch (IOException gone) {
      try {
        client.close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void pass(Socket from, Socket to) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (from;
                  to) {
                from.getInputStream().transferTo(to.getOutputStream());
              } catch (IOException e) {
                // the other direction closed it
              }
            });
  }

  @Override
  public void close() {
    try {
      if (listening != null) {
        listening.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
