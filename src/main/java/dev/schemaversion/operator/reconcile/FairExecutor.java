package dev.schemaversion.operator.reconcile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * An executor that shares its threads out fairly. Tasks of one queue run in their order; the queues
 * take turns; and none may use more than a part of the threads, so that a queue with thousands of
 * slow tasks delays no task of another one by more than one turn.
 */
public final class FairExecutor extends AbstractExecutorService {
  private final Supplier<String> queueName;
  private final int most;
  private final int mostOfOne;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Those with tasks that wait, the one whose turn is next first. */
  private final Deque<TaskQueue> waiting = new ArrayDeque<>();

  private final Map<String, TaskQueue> queues = new HashMap<>();
  private int running;

  /** The tasks under one name. */
  private static final class TaskQueue {
    private final String name;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private int running;

    TaskQueue(String name) {
      this.name = name;
    }
  }

  /**
   * An executor without tasks.
   *
   * @param queueName gives the name of a task's queue, when and where the task is submitted
   * @param most how many tasks run at once
   * @param mostOfOne how many tasks of one queue run at once
   */
  public FairExecutor(Supplier<String> queueName, int most, int mostOfOne) {
    this.queueName = queueName;
    this.most = most;
    this.mostOfOne = mostOfOne;
  }

  @Override
  public synchronized void execute(Runnable task) {
    if (isShutdown()) {
      throw new RejectedExecutionException("the executor is shut down");
    }
    var name = Objects.requireNonNullElse(queueName.get(), "");
    var queue = queues.computeIfAbsent(name, TaskQueue::new);
    if (queue.tasks.isEmpty()) {
      waiting.addLast(queue);
    }
    queue.tasks.add(task);
    startNext();
  }

  private void startNext() {
    for (int turns = waiting.size(); turns > 0 && running < most; turns--) {
      var queue = waiting.removeFirst();
      if (queue.running < mostOfOne) {
        start(queue, queue.tasks.remove());
      }
      if (!queue.tasks.isEmpty()) {
        waiting.addLast(queue);
      }
    }
  }

  private void start(TaskQueue queue, Runnable task) {
    running++;
    queue.running++;
    threads.execute(
        () -> {
          try {
            task.run();
          } finally {
            ended(queue);
          }
        });
  }

  private synchronized void ended(TaskQueue queue) {
    running--;
    queue.running--;
    if (queue.running == 0 && queue.tasks.isEmpty()) {
      queues.remove(queue.name);
    }
    if (!threads.isShutdown()) {
      startNext();
    }
  }

  @Override
  public synchronized void shutdown() {
    threads.shutdown();
  }

  @Override
  public synchronized List<Runnable> shutdownNow() {
    var never = new ArrayList<Runnable>();
    waiting.forEach(queue -> never.addAll(queue.tasks));
    waiting.clear();
    queues.clear();
    threads.shutdownNow();
    return never;
  }

  @Override
  public boolean isShutdown() {
    return threads.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return threads.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return threads.awaitTermination(timeout, unit);
  }
}
