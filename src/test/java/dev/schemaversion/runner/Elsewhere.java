package dev.schemaversion.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;

/** A port on this machine to which nobody has to connect. */
public final class Elsewhere implements AutoCloseable {
  private final ServerSocket listening;

  public Elsewhere() {
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

  /** Fails where somebody has connected since it was made; the system has kept it waiting. */
  public void assertNobodyCame() {
    assertThat(catchThrowable(() -> listening.accept().close()))
        .as("somebody was made to connect elsewhere")
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
