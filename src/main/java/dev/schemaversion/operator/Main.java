package dev.schemaversion.operator;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The operator's entry point. */
@QuarkusMain
public final class Main {
  private Main() {}

  /** Runs until it is told to stop; with settings that make no sense it says so and ends. */
  public static void main(String[] args) {
    try {
      var checked = Settings.of(System.getenv());
      System.out.println("Jobs run " + checked.runnerImage());
    } catch (IllegalArgumentException e) {
      System.err.println("The operator cannot start: " + e.getMessage() + ".");
      System.exit(1);
    }
    Quarkus.run(args);
  }
}
