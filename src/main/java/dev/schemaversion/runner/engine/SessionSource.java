package dev.schemaversion.runner.engine;

import java.io.PrintWriter;
import java.sql.Connection;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Opens sessions as one user, all alike. */
public abstract class SessionSource implements DataSource {
  /** The most seconds that opening a session may take, at each of its steps, if nobody says so. */
  public static final int CONNECT_SECONDS = 10;

  /** After so much silence the server is asked whether it is still there. */
  public static final int ALIVE_AFTER_SECONDS = 60;

  /** And again so often, … */
  public static final int ALIVE_EVERY_SECONDS = 10;

  /** … until so many questions in a row had no answer: then the connection is lost. */
  public static final int ALIVE_COUNT = 6;

  @Override
  public final Connection getConnection(String user, String password) {
    throw new UnsupportedOperationException("there is only one user");
  }

  @Override
  public final PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public final void setLogWriter(PrintWriter out) {
    throw new UnsupportedOperationException("nothing is logged here");
  }

  @Override
  public final void setLoginTimeout(int seconds) {
    throw new UnsupportedOperationException("the time to wait is fixed");
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
