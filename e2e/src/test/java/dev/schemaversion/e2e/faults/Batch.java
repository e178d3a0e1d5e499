package dev.schemaversion.e2e.faults;

import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.AtOnce;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** Cells that run together: a fault is injected when all of them have reached their steps. */
final class Batch {
  /**
   * Ten places are asked at once, by kubectl. Asked all the time, they would take the processor
   * from the pods that they wait for.
   */
  static final Duration POLL = Duration.ofSeconds(5);

  private static final Duration LONG = Duration.ofMinutes(6);

  private final List<Place> places;
  private final Strokes strokes;
  private final Map<Place, Throwable> failures = new ConcurrentHashMap<>();

  Batch(List<Cell> cells, Strokes strokes, Cluster cluster, KubernetesClient client) {
    this.places = cells.stream().map(cell -> new Place(cell, cluster, client)).toList();
    this.strokes = strokes;
  }

  /** Runs them, and says what came of each. */
  List<Findings> run() {
    try {
      each(place -> new Stand(place).reach());
      var hits = strokes.on(sound().toList());
      try {
        AtOnce.each(hits.stream(), hit -> guarded(hit.places(), hit.stroke()::strike));
        each(Batch::resume);
      } finally {
        AtOnce.each(hits.stream(), hit -> guarded(hit.places(), hit.stroke()::heal));
      }
      each(this::awaitEnd);
      return places.parallelStream().map(this::findings).toList();
    } finally {
      places.forEach(Place::close);
    }
  }

  private Stream<Place> sound() {
    return places.stream().filter(place -> !failures.containsKey(place));
  }

  /** One that fails does not take the others along. */
  private void each(Consumer<Place> action) {
    AtOnce.each(sound(), place -> guarded(List.of(place), () -> action.accept(place)));
  }

  private void guarded(List<Place> whom, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      whom.forEach(place -> failures.putIfAbsent(place, e));
    }
  }

  private static void resume(Place place) {
    await(place.cell() + ": is let go")
        .atMost(LONG)
        .pollInterval(POLL)
        // A node that is back does not know its pods at once.
        .ignoreException(IllegalStateException.class)
        .until(
            () -> {
              new Stand(place).resume();
              return true;
            });
  }

  private void awaitEnd(Place place) {
    var stand = new Stand(place);
    try {
      await(place.cell() + ": settles")
          .atMost(LONG)
          .pollInterval(POLL)
          // A scratch server may end while a command is sent to it.
          .ignoreException(IllegalStateException.class)
          .until(
              () -> {
                if (stand.comesAgain()) {
                  stand.resume();
                }
                place.followInstructions();
                return place.settled();
              });
    } catch (ConditionTimeoutException e) {
      throw new IllegalStateException("it does not settle: " + place.says(), e);
    }
  }

  private Findings findings(Place place) {
    try {
      return failures.containsKey(place)
          ? Findings.failed(place.cell(), failures.get(place))
          : Findings.of(place);
    } catch (RuntimeException e) {
      return Findings.failed(place.cell(), e);
    }
  }
}
