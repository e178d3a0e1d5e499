package dev.schemaversion.runner.hostile;

import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;

/** The class that attacks try to load; counts its instantiations. */
public final class InstantiationCounter {
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** Used by drivers for plug-ins without arguments. */
  public InstantiationCounter() {
    COUNT.incrementAndGet();
  }

  /** Used by drivers for plug-ins with an argument. */
  public InstantiationCounter(String argument) {
    this();
  }

  /** Used by drivers for plug-ins that receive the connection properties. */
  public InstantiationCounter(Properties properties) {
    this();
  }

  /** Used by drivers for socket factories without a public constructor. */
  public static SocketFactory getDefault() {
    COUNT.incrementAndGet();
    return SocketFactory.getDefault();
  }

  /** The number of instantiations. */
  public static int count() {
    return COUNT.get();
  }
}
