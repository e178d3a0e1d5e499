package dev.schemaversion.runner;

import dev.schemaversion.contract.Mounts;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.report.CurrentActivity;
import dev.schemaversion.runner.report.Log;
import dev.schemaversion.runner.report.Shutdown;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/**
 * The runner's entry point: {@code Main [root]}. The root is where the folders of {@link Mounts}
 * are, {@code /} unless given.
 */
public final class Main {
  private Main() {}

  /** Runs once and exits with {@link Outcome#exitCode()}. */
  public static void main(String[] args) {
    // UTF-8 whatever the locale: a container has none.
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    var activity = new CurrentActivity(InstantSource.system());
    var log = new Log(out, activity);
    ProgressServer.start(activity, log);
    var stop = new Shutdown();
    var ended = new CompletableFuture<Integer>();
    // A JVM that receives SIGTERM exits with 143 and does not wait for its main thread. This hook
    // makes it wait for the end of the migration, and exit with the code that the run has earned.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.request();
                  if (!ended.isDone()) {
                    log.line(
                        "asked to stop: the running migration finishes, and no further one starts");
                  }
                  Runtime.getRuntime().halt(ended.join());
                },
                "stop"));
    int exitCode = Outcome.INTERNAL_ERROR.exitCode();
    try {
      var root = Path.of(args.length > 0 ? args[0] : "/");
      var report = new Runner(root, log, stop).run(System.getenv(Mounts.REQUEST));
      exitCode = report.outcome().exitCode();
    } finally {
      ended.complete(exitCode);
    }
    System.exit(exitCode);
  }
}
