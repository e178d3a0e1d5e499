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
 * Ends watches that have gone silent, so that the client connects again. The API server sends a
 * bookmark on each watch about once a minute; a connection whose other end has vanished stays open
 * and says nothing.
 */
final class WatchLiveness {
  private static final Logger LOG = Logger.getLogger(WatchLiveness.class);

  /** How long a watch may be silent. */
  static final Duration SILENCE = Duration.ofMinutes(3);

  private final Clock clock;
  private final Map<AsyncBody, Instant> lastHeard = new ConcurrentHashMap<>();

  WatchLiveness(Clock clock) {
    this.clock = clock;
  }

  /** Notes that a watch has been heard of. */
  void note(AsyncBody watch) {
    lastHeard.put(watch, clock.instant());
  }

  /** The same consumer, noting what arrives. */
  AsyncBody.Consumer<List<ByteBuffer>> noting(AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    return (pieces, watch) -> {
      note(watch);
      consumer.consume(pieces, watch);
    };
  }

  /** Ends the watches that have been silent for too long. */
  void endSilent() {
    lastHeard.keySet().removeIf(watch -> watch.done().isDone());
    var earliest = clock.instant().minus(SILENCE);
    lastHeard.forEach(
        (watch, heard) -> {
          if (heard.isBefore(earliest)) {
            LOG.warnf("A watch has been silent since %s; it is opened again", heard);
            watch.cancel();
          }
        });
  }
}
