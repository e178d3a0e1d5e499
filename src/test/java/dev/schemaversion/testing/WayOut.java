package dev.schemaversion.testing;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Outcome.Kind;
import java.util.regex.Pattern;

/** What a message must name, so that its reader can change the situation. */
public final class WayOut {
  /** A field, an annotation, a command, or an option of the command line. */
  private static final Pattern NAMED =
      Pattern.compile(
          "\\b(?:spec|metadata)\\.[a-z]|schemaversion\\.dev/[a-z]|\\bkubectl |\\bGRANT |\\bUPDATE |\\bDELETE | --[a-z]");

  /** The situation changes without the reader. */
  private static final Pattern BY_ITSELF =
      Pattern.compile(
          "[Tt]he operator (?:then )?(?:retries|continues|starts|creates|begins)|next attempt");

  private WayOut() {}

  /** Whether a text names a field, an annotation or a command. */
  public static boolean isNamed(String text) {
    return NAMED.matcher(text).find();
  }

  /** Whether a text says that the operator goes on by itself. */
  public static boolean isByItself(String text) {
    return BY_ITSELF.matcher(text).find();
  }

  /** Whether the message of an outcome says how the situation changes. */
  public static boolean isIn(Outcome outcome, String message) {
    return outcome.kind() == Kind.DONE
        || isNamed(message)
        || (outcome.kind() == Kind.RETRY && isByItself(message));
  }
}
