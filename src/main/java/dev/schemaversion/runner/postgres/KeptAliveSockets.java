package dev.schemaversion.runner.postgres;

import dev.schemaversion.runner.engine.SessionSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/**
 * Creates sockets that detect a server that disappeared silently, as with its node, while the
 * client waits for an answer. The driver (42.7) only enables keep-alive, and the system's default
 * idle time is two hours.
 */
public final class KeptAliveSockets extends SocketFactory {
  /** Used by the driver, which instantiates the configured class. */
  public KeptAliveSockets() {}

  @Override
  public Socket createSocket() throws IOException {
    var socket = new Socket();
    socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, SessionSource.KEEP_ALIVE_IDLE_SECONDS);
    socket.setOption(
        ExtendedSocketOptions.TCP_KEEPINTERVAL, SessionSource.KEEP_ALIVE_INTERVAL_SECONDS);
    socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, SessionSource.KEEP_ALIVE_COUNT);
    return socket;
  }

  // The driver creates unconnected sockets only, and never calls these.

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }
}
