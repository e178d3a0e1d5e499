package dev.schemaversion.runner.engine;

import java.io.PrintWriter;
import java.sql.Connection;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Opens sessions of one user, all with the same settings. */
public abstract class SessionSource implements DataSource {
  /** The default timeout in seconds of each step of opening a session. */
  public static final int CONNECT_SECONDS = 10;

  /** The idle time in seconds before the first TCP keep-alive probe. */
  public static final int KEEP_ALIVE_IDLE_SECONDS = 60;

  /** The interval in seconds between keep-alive probes. */
  public static final int KEEP_ALIVE_INTERVAL_SECONDS = 10;

  /** The number of unanswered keep-alive probes after which the connection is lost. */
  public static final int KEEP_ALIVE_COUNT = 6;

  @Override
  public final Connection getConnection(String user, String password) {
    throw new UnsupportedOperationException("this source opens sessions of one user only");
  }

  @Override
  public final PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public final void setLogWriter(PrintWriter out) {
    throw new UnsupportedOperationException("this source does not log");
  }

  @Override
  public final void setLoginTimeout(int seconds) {
    throw new UnsupportedOperationException("the timeout is fixed");
  }

  @Override
  public final int getLoginTimeout() {
    return CONNECT_SECONDS;
  }

  @Override
  public final Logger getParentLogger() {
    return Logger.getLogger(getClass().getName());
  }

  @Override
  public final <T> T unwrap(Class<T> wanted) {
    return wanted.cast(this);
  }

  @Override
  public final boolean isWrapperFor(Class<?> wanted) {
    return wanted.isInstance(this);
  }
}
