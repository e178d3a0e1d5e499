package dev.schemaversion.cli.kubectl.change;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.cli.kubectl.cluster.Cluster;
import dev.schemaversion.cli.kubectl.cluster.Failure;
import dev.schemaversion.cli.kubectl.cluster.NamedResource;
import dev.schemaversion.cli.kubectl.view.StatusView;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options to wait for an end, and the waiting. */
final class WaitOptions {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  @Option(
      names = "--wait",
      description = "Waits for the end, and exits with 1 if it is not what was asked for.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10m",
      converter = Time.class,
      description = "How long --wait waits, such as 90s, 10m or 2h. Defaults to 10m.")
  private Duration timeout;

  /**
   * Waits for the end, if the user asked for that, and prints each change of the state.
   *
   * @param shows the condition that shows the progress
   * @param end returns the end of what the user waits for; empty while it lasts
   * @throws Failure if it ends otherwise, or not in time; what was begun continues then
   */
  void await(
      NamedResource target,
      Cluster cluster,
      ConditionType shows,
      Function<SchemaVersion, Optional<End>> end) {
    if (!wait) {
      return;
    }
    var terminal = target.terminal();
    var until = terminal.now().plus(timeout);
    var shown = "";
    while (true) {
      var resource = target.in(cluster);
      var reached = end.apply(resource);
      if (reached.isPresent()) {
        if (!reached.get().succeeded()) {
          throw new Failure(reached.get().message());
        }
        terminal.print(reached.get().message());
        return;
      }
      var state = state(resource, shows);
      if (!state.equals(shown)) {
        terminal.note(state);
        shown = state;
      }
      if (!terminal.now().isBefore(until) || !terminal.pause().of(INTERVAL)) {
        throw new Failure(
            "It has not ended yet: %s. It continues without this command; see: kubectl schemaversion status %s"
                .formatted(state, target.name()));
      }
    }
  }

  private static String state(SchemaVersion resource, ConditionType shows) {
    return StatusView.condition(StatusView.statusOf(resource), shows)
        .map(condition -> condition.getReason() + ": " + condition.getMessage())
        .orElse("not reconciled yet");
  }

  /** Reads a time as kubectl does, such as {@code 90s}. */
  static final class Time implements ITypeConverter<Duration> {
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})([smh])");

    @Override
    public Duration convert(String text) {
      var time = TIME.matcher(text);
      if (!time.matches()) {
        throw new TypeConversionException("\"" + text + "\" is no time such as 90s, 10m or 2h");
      }
      long number = Long.parseLong(time.group(1));
      return switch (time.group(2)) {
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        default -> Duration.ofHours(number);
      };
    }
  }
}
