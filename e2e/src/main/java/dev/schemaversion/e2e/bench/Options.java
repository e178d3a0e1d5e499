package dev.schemaversion.e2e.bench;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What to measure, from environment variables.
 *
 * @param runs RUNS: how often each way is measured, five times by default
 * @param ways WAYS: names such as {@code job,always}, all by default
 * @param scenarios SCENARIOS: names such as {@code new,upgrade}, all by default
 * @param herd HERD: how many resources are applied at once, 40 by default
 */
record Options(int runs, Set<Way> ways, Set<Scenario> scenarios, int herd) {
  private static final String DEFAULT_RUNS = "5";
  private static final String DEFAULT_HERD = "40";

  /**
   * Reads the variables.
   *
   * @throws IllegalArgumentException with a sentence that names the variable and its valid values
   */
  static Options of(Map<String, String> environment) {
    var runs = environment.getOrDefault("RUNS", DEFAULT_RUNS);
    if (!runs.matches("[1-9][0-9]?")) {
      throw new IllegalArgumentException("RUNS is \"" + runs + "\", but must be from 1 to 99");
    }
    var herd = environment.getOrDefault("HERD", DEFAULT_HERD);
    if (!herd.matches("[1-9][0-9]{0,2}")) {
      throw new IllegalArgumentException("HERD is \"" + herd + "\", but must be from 1 to 999");
    }
    return new Options(
        Integer.parseInt(runs),
        chosen(environment, "WAYS", Way.class, Way::id),
        chosen(environment, "SCENARIOS", Scenario.class, Scenario::id),
        Integer.parseInt(herd));
  }

  private static <E extends Enum<E>> Set<E> chosen(
      Map<String, String> environment, String variable, Class<E> type, Function<E, String> id) {
    var text = environment.getOrDefault(variable, "");
    if (text.isBlank()) {
      return EnumSet.allOf(type);
    }
    var byId = EnumSet.allOf(type).stream().collect(Collectors.toMap(id, Function.identity()));
    var names = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    if (!byId.keySet().containsAll(names)) {
      throw new IllegalArgumentException(
          "%s is \"%s\", but must be some of %s"
              .formatted(
                  variable,
                  text,
                  EnumSet.allOf(type).stream().map(id).collect(Collectors.joining(","))));
    }
    return names.stream()
        .map(byId::get)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(type)));
  }
}
