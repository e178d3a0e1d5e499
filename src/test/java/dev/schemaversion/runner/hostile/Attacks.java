package dev.schemaversion.runner.hostile;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Counts the attacks of a test class and prints their number at the end. */
final class Attacks implements AfterAllCallback {
  private final AtomicInteger count = new AtomicInteger();
  private final String ended;

  /**
   * Creates a counter.
   *
   * @param ended a short description of the attacks and of their end
   */
  Attacks(String ended) {
    this.ended = ended;
  }

  void count() {
    count(1);
  }

  void count(int more) {
    count.addAndGet(more);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    System.out.printf(
        "%s: %,d %s%n", context.getRequiredTestClass().getSimpleName(), count.get(), ended);
  }
}
