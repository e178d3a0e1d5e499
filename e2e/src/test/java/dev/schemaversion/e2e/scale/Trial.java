package dev.schemaversion.e2e.scale;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Starts the operator with a population, and measures it until it is idle. */
final class Trial {
  /** Nothing asked for so long, once the expected work is done, is nothing more to do. */
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

  /**
   * Measures it; it has ended when this returns.
   *
   * @param done whether the API server has what the operator is expected to reach: on a busy
   *     machine it may send nothing for a while before that
   */
  Row run(String population, BooleanSupplier done) {
    proxy.forget();
    var begun = Instant.now();
    var name = population.replaceAll("[^A-Za-z0-9]+", "-");
    try (var operator = OperatorProcess.start(name, proxy.address())) {
      double seconds = operator.secondsToReady(patience);
      boolean ready = operator.ready();
      if (ready) {
        awaitSilence(operator, done);
      }
      double settled = Duration.between(begun, proxy.log().lastWork()).toMillis() / 1e3;
      long requests = proxy.log().count();
      double answered = proxy.log().bytes() / (double) (1 << 20);
      var quietFrom = Instant.now();
      double resident = operator.running() ? operator.settledMiB() : 0;
      var afterwards = operator.running() ? quiet(quietFrom) : Quiet.NONE;
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
          afterwards,
          operator.exitCode());
    }
  }

  private void awaitSilence(OperatorProcess operator, BooleanSupplier done) {
    await("the operator has nothing more to do")
        .atMost(patience)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> !operator.running() || (isSilent() && done.getAsBoolean() && isSilent()));
  }

  private boolean isSilent() {
    return proxy.log().lastWork().isBefore(Instant.now().minus(SILENCE));
  }

  private Quiet quiet(Instant begun) {
    await("the quiet time is over")
        .atMost(quiet.plusSeconds(10))
        .until(() -> Instant.now().isAfter(begun.plus(quiet)));
    return new Quiet(proxy.log().since(begun).perMinute(), proxy.log().kindsSince(begun));
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
