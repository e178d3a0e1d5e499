package dev.schemaversion.e2e;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs the same action on many items concurrently, because most of the time is spent waiting. */
public final class AtOnce {
  private AtOnce() {}

  /** Returns when it is done to all of them; the first failure is thrown then. */
  public static <T> void each(Stream<T> all, Consumer<T> action) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks =
          all.<Callable<Void>>map(
                  one ->
                      () -> {
                        action.accept(one);
                        return null;
                      })
              .toList();
      for (var result : threads.invokeAll(tasks)) {
        result.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause().getMessage(), e.getCause());
    }
  }
}
