package dev.schemaversion.runner.postgres;

import dev.schemaversion.runner.engine.SessionSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/**
 * Sockets that notice a server which has gone without a word, as with its node, while an answer is
 * waited for. The driver (42.7) asks for keep-alive, and the system's own is two hours.
 */
public final class KeptAliveSockets extends SocketFactory {
  /** The driver makes one of each class that it is told of. */
  public KeptAliveSockets() {}

  @Override
  public Socket createSocket() throws IOException {
    var socket = new Socket();
    socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, SessionSource.ALIVE_AFTER_SECONDS);
    socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, SessionSource.ALIVE_EVERY_SECONDS);
    socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, SessionSource.ALIVE_COUNT);
    return socket;
  }

  // The driver connects what it has made; nobody calls these.

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
