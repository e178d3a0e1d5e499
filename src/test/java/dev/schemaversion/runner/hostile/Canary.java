package dev.schemaversion.runner.hostile;

import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;

/** What attacks want to have loaded. It counts how often they succeed. */
public final class Canary {
  private static final AtomicInteger SUNG = new AtomicInteger();

  /** How drivers make a plug-in that takes no argument. */
  public Canary() {
    SUNG.incrementAndGet();
  }

  /** How drivers make one with the argument beside it. */
  public Canary(String argument) {
    this();
  }

  /** How drivers make one with all their properties. */
  public Canary(Properties properties) {
    this();
  }

  /** How drivers get a socket factory that hides its constructor. */
  public static SocketFactory getDefault() {
    SUNG.incrementAndGet();
    return SocketFactory.getDefault();
  }

  /** How often one was made. */
  public static int sung() {
    return SUNG.get();
  }
}
