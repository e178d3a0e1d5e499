package dev.schemaversion.e2e.scale;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * What was seen of the operator with a population.
 *
 * @param population what the API server held
 * @param ready whether it got ready
 * @param seconds from its start until it was ready, or ended
 * @param settled seconds from its start until it had nothing more to do
 * @param residentMiB its memory then
 * @param peakMiB the most it has had
 * @param requests how many it had sent by then
 * @param answeredMiB how much was answered
 * @param quiet what it sent while there was nothing to do
 * @param exitCode how it ended, where it did
 */
record Row(
    String population,
    boolean ready,
    double seconds,
    double settled,
    double residentMiB,
    double peakMiB,
    long requests,
    double answeredMiB,
    Quiet quiet,
    OptionalInt exitCode) {

  /** The line above. */
  static final String HEAD =
      "%-44s %5s %8s %8s %8s %9s %9s %9s %13s"
          .formatted(
              "population",
              "ready",
              "seconds",
              "settled",
              "RSS MiB",
              "peak MiB",
              "requests",
              "read MiB",
              "quiet per min");

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-44s %5s %8.1f %8.1f %8.1f %9.1f %9d %9.1f %13d%s",
        population,
        ready ? "yes" : "NO",
        seconds,
        settled,
        residentMiB,
        peakMiB,
        requests,
        answeredMiB,
        quiet.perMinute(),
        exitCode.isPresent() ? "  ended with " + exitCode.getAsInt() : "");
  }
}
