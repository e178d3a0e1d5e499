package dev.schemaversion.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;

/** A local port that no client may connect to. */
public final class ForbiddenPort implements AutoCloseable {
  private final ServerSocket listening;

  public ForbiddenPort() {
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      listening.setSoTimeout(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** Fails if a client has connected since the port was opened; the operating system queues it. */
  public void assertNoConnection() {
    assertThat(catchThrowable(() -> listening.accept().close()))
        .as("an attack connected to the port")
        .isInstanceOf(SocketTimeoutException.class);
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
