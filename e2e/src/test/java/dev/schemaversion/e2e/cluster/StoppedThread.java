package dev.schemaversion.e2e.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One thread of another process that stands while all others run on, until this is closed: what
 * {@code SIGSTOP} does to a process, by {@code ptrace(2)}. Linux only, and for whoever may trace
 * the process. When this Java machine ends, the thread runs on.
 */
public final class StoppedThread implements AutoCloseable {
  private static final int SEIZE = 0x4206;
  private static final int INTERRUPT = 0x4207;
  private static final int DETACH = 17;

  /** For {@code waitpid}: threads too. */
  private static final int ALL = 0x40000000;

  private final long id;

  /** Only the thread that began to trace may go on to do so. */
  private final ExecutorService tracer =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("tracer").daemon().factory());

  private StoppedThread(long id) {
    this.id = id;
  }

  /**
   * Stops a thread.
   *
   * @param process the process
   * @param thread the thread's number, as the process itself knows it: in a container it is another
   *     one than outside
   * @throws IllegalStateException if there is no such thread, or it may not be stopped
   */
  public static StoppedThread stop(ProcessHandle process, long thread) {
    var stopped = new StoppedThread(outside(process, thread));
    stopped.trace(SEIZE);
    stopped.trace(INTERRUPT);
    // Not by waitpid: for a child of this process, another thread may receive the notification.
    await("thread " + thread + " stands").until(stopped::stands);
    return stopped;
  }

  private boolean stands() throws IOException {
    return Files.readString(Path.of("/proc/" + id + "/status")).contains("State:\tt");
  }

  private static long outside(ProcessHandle process, long thread) {
    try (var threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      return threads
          .filter(folder -> inside(folder) == thread)
          .map(folder -> Long.parseLong(folder.getFileName().toString()))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("There is no thread " + thread));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last of the numbers that a thread has, one in each namespace. */
  private static long inside(Path thread) {
    try {
      var numbers =
          Files.readAllLines(thread.resolve("status")).stream()
              .filter(line -> line.startsWith("NSpid:"))
              .findFirst()
              .orElse("0")
              .split("\\s+", -1);
      return Long.parseLong(numbers[numbers.length - 1]);
    } catch (IOException e) {
      // It has ended meanwhile.
      return 0;
    }
  }

  private void trace(int request) {
    if (!traced(request)) {
      throw new IllegalStateException("ptrace of thread " + id + " is refused");
    }
  }

  private boolean traced(int request) {
    return call(() -> (long) Native.TRACE.invokeExact(request, id, 0L, 0L)) == 0;
  }

  private interface Call {
    @SuppressWarnings("IllegalThrows") // as MethodHandle says
    long make() throws Throwable;
  }

  private long call(Call call) {
    try {
      return tracer
          .submit(
              () -> {
                try {
                  return call.make();
                } catch (Throwable e) {
                  throw new IllegalStateException(e);
                }
              })
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Lets it run on. If its process was killed meanwhile, it ends now: until then it cannot. */
  @Override
  public void close() {
    if (!traced(DETACH)) {
      call(() -> (int) Native.WAIT.invokeExact((int) id, MemorySegment.NULL, ALL));
    }
    tracer.shutdown();
  }

  @SuppressWarnings("restricted")
  private static final class Native {
    private static final Linker LINKER = Linker.nativeLinker();

    static final MethodHandle TRACE =
        LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("ptrace"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG),
            Linker.Option.firstVariadicArg(1));

    static final MethodHandle WAIT =
        LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("waitpid"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));

    private Native() {}
  }
}
