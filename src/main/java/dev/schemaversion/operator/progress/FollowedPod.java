package dev.schemaversion.operator.progress;

import dev.schemaversion.contract.Progress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jboss.logging.Logger;

/** A pod whose runner is asked for its progress again and again, until it is no longer followed. */
final class FollowedPod {
  private static final Logger LOG = Logger.getLogger(FollowedPod.class);

  /** No progress has it, so the first request is answered at once. */
  private static final long NONE = -1;

  /**
   * When requests are sent. The status is written after each change, so the pauses limit the
   * writes.
   *
   * @param first until the first request: a Job that ends sooner is never asked
   * @param next between an answer and the next request
   * @param afterFailure between a failure and the next request
   */
  record Pace(Duration first, Duration next, Duration afterFailure) {
    static final Pace DEFAULT =
        new Pace(Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(30));
  }

  private final String name;
  private final String uid;
  private final Runnable changed;
  private volatile Progress latest;
  private volatile boolean stopped;
  private boolean failed;

  /**
   * Creates a pod that is not asked yet.
   *
   * @param name for the log
   * @param uid the uid of the pod
   * @param changed runs after each change of the progress
   */
  FollowedPod(String name, String uid, Runnable changed) {
    this.name = name;
    this.uid = uid;
    this.changed = changed;
  }

  String uid() {
    return uid;
  }

  /** Returns what the runner said last. */
  Optional<Progress> latest() {
    return Optional.ofNullable(latest);
  }

  /** Begins to ask. */
  void begin(Vertx vertx, LongFunction<Future<Progress>> ask, Pace pace) {
    vertx.setTimer(pace.first().toMillis(), timer -> ask(vertx, ask, pace));
  }

  /** Stops: an answer that arrives later is ignored. */
  void stop() {
    stopped = true;
  }

  private void ask(Vertx vertx, LongFunction<Future<Progress>> ask, Pace pace) {
    if (stopped) {
      return;
    }
    var before = latest;
    ask.apply(before == null ? NONE : before.revision())
        .onComplete(
            answer -> {
              if (stopped) {
                return;
              }
              if (answer.succeeded()) {
                answered(answer.result());
              } else {
                failed(answer.cause());
              }
              var pause = answer.succeeded() ? pace.next() : pace.afterFailure();
              vertx.setTimer(pause.toMillis(), timer -> ask(vertx, ask, pace));
            });
  }

  private void answered(Progress progress) {
    var before = latest;
    if (before == null || before.revision() != progress.revision()) {
      latest = progress;
      changed.run();
    }
  }

  /** Logs the first failure; a runner that has just ended is one, too. */
  private void failed(Throwable cause) {
    if (!failed) {
      failed = true;
      LOG.infof("the progress of %s cannot be read from its pod: %s", name, cause.getMessage());
    }
  }
}
