package dev.schemaversion.runner.scratch;

import dev.schemaversion.runner.engine.ErrorCategory;
import dev.schemaversion.runner.engine.SanitizedMessages;
import java.net.ConnectException;
import java.sql.SQLException;

/** The scratch server does not answer, or died. It says nothing about the real database. */
public final class ScratchUnavailable extends RuntimeException {
  /** Says why. */
  public ScratchUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  /** For an error of which {@link #isBehind} says so. */
  public static ScratchUnavailable died(Throwable cause) {
    return new ScratchUnavailable(
        "The scratch server died: "
            + SanitizedMessages.of(cause)
            + ". It is tried again; if it stays so, look at the log of the pod's container"
            + " “scratch”, and give it more memory or room.",
        cause);
  }

  /**
   * Whether an error on a session of the scratch server came from the server's end, or from its
   * want of memory or room, and not from what was run there. Errors of other libraries are looked
   * through for the error of the database that caused them.
   */
  public static boolean isBehind(Throwable thrown) {
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

  /** What the driver says when it was let in on no terms, which is not the end of a server. */
  private static final String REJECTED = "08004";

  private static boolean isServerGone(SQLException e) {
    for (var each = e; each != null; each = each.getNextException()) {
      var trouble = ErrorCategory.of(each);
      if (trouble == ErrorCategory.RESOURCES
          || (trouble == ErrorCategory.CONNECTION && !REJECTED.equals(each.getSQLState()))) {
        return true;
      }
    }
    return false;
  }
}
