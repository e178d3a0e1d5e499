package dev.schemaversion.e2e.scale;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** Starts the operator with a population, and measures it until it is idle. */
final class Trial {
  /** Nothing asked for so long is nothing more to do. */
  private static final Duration SILENCE = Duration.ofSeconds(4);

  private final ApiServerProxy proxy;
  private final Duration patience;
  private final Duration quiet;

  /**
   * On an API server.
   *
   * @param patience how long it may take to get ready, and again to settle
   * @param quiet how long it is watched then
   */
  Trial(ApiServer server, Duration patience, Duration quiet) {
    this.proxy = server.proxy();
    this.patience = patience;
    this.quiet = quiet;
  }

  /** Measures it; it has ended when this returns. */
  Row run(String population) {
    proxy.forget();
    var begun = Instant.now();
    var name = population.replaceAll("[^A-Za-z0-9]+", "-");
    try (var operator = OperatorProcess.start(name, proxy.address())) {
      double seconds = operator.secondsToReady(patience);
      boolean ready = operator.ready();
      if (ready) {
        awaitSilence(operator);
      }
      double settled = Duration.between(begun, proxy.log().lastWork()).toMillis() / 1e3;
      long requests = proxy.log().count();
      double answered = proxy.log().bytes() / (double) (1 << 20);
      var quietFrom = Instant.now();
      double resident = operator.running() ? operator.settledMiB() : 0;
      long perMinute = operator.running() ? quietPerMinute(quietFrom) : 0;
      write(name, proxy.log().kindsSince(begun));
      return new Row(
          population,
          ready && operator.running(),
          seconds,
          settled,
          resident,
          operator.peakMiB(),
          requests,
          answered,
          perMinute,
          operator.exitCode());
    }
  }

  private void awaitSilence(OperatorProcess operator) {
    await("the operator has nothing more to do")
        .atMost(patience)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () ->
                !operator.running()
                    || proxy.log().lastWork().isBefore(Instant.now().minus(SILENCE)));
  }

  private long quietPerMinute(Instant begun) {
    await("the quiet time is over")
        .atMost(quiet.plusSeconds(10))
        .until(() -> Instant.now().isAfter(begun.plus(quiet)));
    return proxy.log().since(begun).perMinute();
  }

  /** Beside the operator's own log, for who wants to know what it did. */
  private static void write(String name, Map<String, Long> requests) {
    try {
      Files.writeString(
          Path.of("target/scale", name + ".requests"),
          requests.entrySet().stream()
              .map(kind -> "%7d %s%n".formatted(kind.getValue(), kind.getKey()))
              .collect(Collectors.joining()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
