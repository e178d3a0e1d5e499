package dev.schemaversion.operator.watch;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Cancels silent watches, so that the client reconnects. The API server sends a bookmark on each
 * watch about once a minute. A connection whose other end is gone stays open and is silent.
 */
final class WatchLiveness {
  private static final Logger LOG = Logger.getLogger(WatchLiveness.class);

  /** How long a watch may be silent. */
  static final Duration MAX_SILENCE = Duration.ofMinutes(3);

  private final Clock clock;
  private final Map<AsyncBody, Instant> lastActivity = new ConcurrentHashMap<>();

  WatchLiveness(Clock clock) {
    this.clock = clock;
  }

  /** Records that a watch is active now. */
  void recordActivity(AsyncBody watch) {
    lastActivity.put(watch, clock.instant());
  }

  /** Wraps a consumer so that each chunk counts as activity. */
  AsyncBody.Consumer<List<ByteBuffer>> recording(AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    return (chunks, watch) -> {
      recordActivity(watch);
      consumer.consume(chunks, watch);
    };
  }

  /** Cancels the watches that have been silent for too long. */
  void cancelSilent() {
    lastActivity.keySet().removeIf(watch -> watch.done().isDone());
    var earliest = clock.instant().minus(MAX_SILENCE);
    lastActivity.forEach(
        (watch, active) -> {
          if (active.isBefore(earliest)) {
            LOG.warnf("a watch has been silent since %s, reconnecting", active);
            watch.cancel();
          }
        });
  }
}
