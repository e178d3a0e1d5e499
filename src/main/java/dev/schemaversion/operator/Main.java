package dev.schemaversion.operator;

import com.fasterxml.jackson.core.StreamReadConstraints;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The operator's entry point. */
@QuarkusMain
public final class Main {
  /** Characters. No object of a cluster is larger, so no key in one is longer. */
  private static final int LONGEST_KEY = 4 << 20;

  private Main() {}

  /** Runs until it is told to stop; with settings that make no sense it says so and ends. */
  public static void main(String[] args) {
    readKeysOfAnyLength();
    try {
      var checked = Settings.of(System.getenv());
      System.out.println("Jobs run " + checked.runnerImage());
    } catch (IllegalArgumentException e) {
      System.err.println("The operator cannot start: " + e.getMessage() + ".");
      System.exit(1);
    }
    TerminationMessage.expectOutOfMemory();
    Quarkus.run(null, Main::end, args);
  }

  private static void end(int exitCode, Throwable error) {
    TerminationMessage.clear();
    System.exit(exitCode);
  }

  /**
   * Jackson refuses an object with a key of more than 50,000 characters. The API server does not,
   * and one such object, anybody's, would end the watch on all.
   */
  public static void readKeysOfAnyLength() {
    StreamReadConstraints.overrideDefaultStreamReadConstraints(
        StreamReadConstraints.builder().maxNameLength(LONGEST_KEY).build());
  }
}
