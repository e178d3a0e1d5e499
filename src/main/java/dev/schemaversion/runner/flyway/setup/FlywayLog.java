package dev.schemaversion.runner.flyway.setup;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/**
 * Discards Flyway's own log lines. This package logs the same itself, because it knows what must
 * not be printed: Flyway prints the results of queries, notices with whatever the script put into
 * them, connection URLs, and advertisements.
 */
public final class FlywayLog implements LogCreator {
  /** For Flyway, which makes it by its name. */
  public FlywayLog() {}

  @Override
  public Log createLogger(Class<?> source) {
    return new Log() {
      @Override
      public void debug(String message) {}

      @Override
      public void info(String message) {}

      @Override
      public void warn(String message) {}

      @Override
      public void error(String message) {}

      @Override
      public void error(String message, Exception e) {}

      @Override
      public void notice(String message) {}
    };
  }
}
