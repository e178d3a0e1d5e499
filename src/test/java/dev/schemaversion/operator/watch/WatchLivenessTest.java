package dev.schemaversion.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A silent watch is cancelled, so that the client reconnects. */
class WatchLivenessTest {
  private static final Duration SHORT = Duration.ofSeconds(1);

  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final WatchLiveness liveness =
      new WatchLiveness(((InstantSource) () -> now).withZone(ZoneOffset.UTC));
  private final Connection watch = new Connection();

  /** A watch's connection. */
  private static final class Connection implements AsyncBody {
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    @Override
    public void consume() {}

    @Override
    public CompletableFuture<Void> done() {
      return done;
    }

    @Override
    public void cancel() {
      done.cancel(false);
    }
  }

  @Test
  void aWatchThatIsSilentForTooLongIsCancelled() {
    liveness.recordActivity(watch);
    now = now.plus(WatchLiveness.MAX_SILENCE).plus(SHORT);
    liveness.cancelSilent();

    assertThat(watch.done()).isCancelled();
  }

  @Test
  void aWatchThatReceivesChunksIsNotCancelled() throws Exception {
    liveness.recordActivity(watch);
    now = now.plus(WatchLiveness.MAX_SILENCE);
    liveness.recording((pieces, body) -> {}).consume(List.of(), watch);
    now = now.plus(SHORT);
    liveness.cancelSilent();

    assertThat(watch.done()).isNotDone();
  }

  @Test
  void aWatchThatHasEndedIsNotCancelled() {
    liveness.recordActivity(watch);
    watch.done().complete(null);
    now = now.plus(WatchLiveness.MAX_SILENCE).plus(SHORT);
    liveness.cancelSilent();

    assertThat(watch.done()).isNotCancelled();
  }
}
