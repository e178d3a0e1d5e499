package dev.schemaversion.operator;

import com.fasterxml.jackson.core.StreamReadConstraints;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the operator's process. */
@QuarkusMain
public final class Main {
  /** In characters. No object of a cluster is larger, so no key is longer. */
  private static final int MAX_KEY_LENGTH = 4 << 20;

  private Main() {}

  /** Runs until SIGTERM. Invalid settings are reported, and the process exits with code 1. */
  public static void main(String[] args) {
    allowLongKeys();
    try {
      var settings = Settings.of(System.getenv());
      System.out.println("Image of the Jobs: " + settings.runnerImage());
      System.out.println("Watched namespaces: " + settings.watched());
    } catch (IllegalArgumentException e) {
      System.err.println("The operator cannot start: " + e.getMessage() + ".");
      System.exit(1);
    }
    TerminationMessage.expectOutOfMemory();
    Quarkus.run(null, Main::exit, args);
  }

  private static void exit(int exitCode, Throwable error) {
    TerminationMessage.clear();
    System.exit(exitCode);
  }

  /**
   * Raises Jackson's limit of 50,000 characters for a key. The API server has no such limit, so a
   * single object with a longer key would end the watch of all objects.
   */
  public static void allowLongKeys() {
    StreamReadConstraints.overrideDefaultStreamReadConstraints(
        StreamReadConstraints.builder().maxNameLength(MAX_KEY_LENGTH).build());
  }
}
