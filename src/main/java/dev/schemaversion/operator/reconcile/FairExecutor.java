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
 * Runs tasks of several queues with fair scheduling. The tasks of one queue start in their order,
 * the queues take turns, and each queue has a limit of concurrent tasks. So a queue with thousands
 * of slow tasks delays a task of another queue by at most one turn.
 */
public final class FairExecutor extends AbstractExecutorService {
  private final Supplier<String> queueName;
  private final int maxConcurrent;
  private final int maxConcurrentPerQueue;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** The queues with waiting tasks, in the order of their turns. */
  private final Deque<TaskQueue> waiting = new ArrayDeque<>();

  private final Map<String, TaskQueue> queues = new HashMap<>();
  private int running;

  /** The tasks of one queue. */
  private static final class TaskQueue {
    private final String name;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private int running;

    TaskQueue(String name) {
      this.name = name;
    }
  }

  /**
   * Creates an executor without tasks.
   *
   * @param queueName returns the name of a task's queue, called by the thread that submits the task
   * @param maxConcurrent how many tasks run concurrently
   * @param maxConcurrentPerQueue how many tasks of one queue run concurrently
   */
  public FairExecutor(Supplier<String> queueName, int maxConcurrent, int maxConcurrentPerQueue) {
    this.queueName = queueName;
    this.maxConcurrent = maxConcurrent;
    this.maxConcurrentPerQueue = maxConcurrentPerQueue;
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
    for (int turns = waiting.size(); turns > 0 && running < maxConcurrent; turns--) {
      var queue = waiting.removeFirst();
      if (queue.running < maxConcurrentPerQueue) {
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
            onEnd(queue);
          }
        });
  }

  private synchronized void onEnd(TaskQueue queue) {
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
    var neverStarted = new ArrayList<Runnable>();
    waiting.forEach(queue -> neverStarted.addAll(queue.tasks));
    waiting.clear();
    queues.clear();
    threads.shutdownNow();
    return neverStarted;
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
