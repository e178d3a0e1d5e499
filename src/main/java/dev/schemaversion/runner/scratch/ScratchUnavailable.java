package dev.schemaversion.runner.scratch;

import dev.schemaversion.runner.engine.ErrorCategory;
import dev.schemaversion.runner.engine.SanitizedMessages;
import java.net.ConnectException;
import java.sql.SQLException;

/**
 * Thrown when the scratch server does not answer or stopped. It implies nothing about the real
 * database.
 */
public final class ScratchUnavailable extends RuntimeException {
  /** Creates the exception with its reason. */
  public ScratchUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  /** Creates the exception for an error for which {@link #isCauseOf} holds. */
  public static ScratchUnavailable died(Throwable cause) {
    return new ScratchUnavailable(
        "The scratch server stopped: "
            + SanitizedMessages.of(cause)
            + ". The operator retries; if the error persists, read the log of the pod's"
            + " container “scratch”, and give it more memory or disk space.",
        cause);
  }

  /**
   * Whether the scratch server itself caused an error on one of its sessions, because it stopped or
   * lacks memory or disk space, and not the statement. Searches the chain of causes for the
   * database error.
   */
  public static boolean isCauseOf(Throwable thrown) {
    for (var cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ScratchUnavailable || cause instanceof ConnectException) {
        return true;
      }
      if (cause instanceof SQLException sql && isServerGone(sql)) {
        return true;
      }
    }
    return false;
  }

  /** The driver's SQLState for a rejected login, which does not mean that the server is gone. */
  private static final String REJECTED = "08004";

  private static boolean isServerGone(SQLException e) {
    for (var each = e; each != null; each = each.getNextException()) {
      var category = ErrorCategory.of(each);
      if (category == ErrorCategory.RESOURCES
          || (category == ErrorCategory.CONNECTION && !REJECTED.equals(each.getSQLState()))) {
        return true;
      }
    }
    return false;
  }
}
