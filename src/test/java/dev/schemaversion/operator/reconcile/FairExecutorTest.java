package dev.schemaversion.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tasks of one queue do not keep those of another queue waiting. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class FairExecutorTest {
  private final ThreadLocal<String> queue = new ThreadLocal<>();
  private final FairExecutor executor = new FairExecutor(queue::get, 4, 2);
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void ends() {
    released.countDown();
    executor.shutdownNow();
  }

  @Test
  void aLongQueueDoesNotBlockAnotherQueue() throws InterruptedException {
    for (int i = 0; i < 1_000; i++) {
      submit("long", this::waitUntilReleased);
    }
    var done = new CountDownLatch(1);
    submit("other", done::countDown);

    done.await();
  }

  @Test
  void theQueuesTakeTurns() throws InterruptedException {
    var order = Collections.synchronizedList(new ArrayList<String>());
    var single = new FairExecutor(queue::get, 1, 1);
    var all = new CountDownLatch(201);
    queue.set("first");
    single.execute(this::waitUntilReleased);
    for (int i = 0; i < 200; i++) {
      queue.set(i < 198 ? "long" : "other");
      single.execute(recording(order, queue.get(), all));
    }
    queue.set("third");
    single.execute(recording(order, "third", all));
    released.countDown();
    all.await();

    assertThat(order.subList(0, 5)).containsExactly("long", "other", "third", "long", "other");
    single.shutdownNow();
  }

  @Test
  void theLimitOfConcurrentTasksHolds() throws InterruptedException {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var all = new CountDownLatch(2_000);
    for (int i = 0; i < 2_000; i++) {
      submit(
          "queue " + i % 7,
          () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            running.decrementAndGet();
            all.countDown();
          });
    }
    all.await();

    assertThat(most.get()).isBetween(1, 4);
  }

  @Test
  void aFailedTaskReleasesItsSlot() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      submit(
          "failing",
          () -> {
            throw new IllegalStateException("expected by this test");
          });
    }
    var done = new CountDownLatch(1);
    submit("failing", done::countDown);

    done.await();
  }

  @Test
  void aShutdownReturnsTheTasksThatWereNotStarted() {
    for (int i = 0; i < 10; i++) {
      submit("long", this::waitUntilReleased);
    }

    assertThat(executor.shutdownNow()).hasSize(8);
    assertThatThrownBy(() -> submit("long", () -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  private void submit(String name, Runnable task) {
    queue.set(name);
    executor.execute(task);
  }

  private static Runnable recording(List<String> order, String name, CountDownLatch all) {
    return () -> {
      order.add(name);
      all.countDown();
    };
  }

  private void waitUntilReleased() {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
