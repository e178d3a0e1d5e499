package dev.schemaversion.contract;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The allow-list of connection parameters in {@code spec.database.parameters}. Others are rejected,
 * because drivers have parameters that load classes, read files, connect to other hosts or change
 * the meaning of a script.
 */
public enum Parameter {
  /** The timeout in seconds for each step of opening a session. */
  CONNECT_TIMEOUT("connectTimeout", null, "[1-9]|[1-5][0-9]|60", "whole seconds from 1 to 60"),
  /** Binds the login to the TLS connection, which excludes a man in the middle. */
  CHANNEL_BINDING("channelBinding", "PostgreSQL", "require", "require");

  private final String label;
  private final String onlyEngine;
  private final Pattern values;
  private final String described;

  Parameter(String label, String onlyEngine, String values, String described) {
    this.label = label;
    this.onlyEngine = onlyEngine;
    this.values = Pattern.compile(values);
    this.described = described;
  }

  /** Returns the name as users write it. */
  public String label() {
    return label;
  }

  private boolean isFor(String engine) {
    return onlyEngine == null || onlyEngine.equals(engine);
  }

  /**
   * Returns what is wrong with parameters, as a message without a full stop; empty if they are
   * valid.
   *
   * @param given the values by name, or null
   */
  public static Optional<String> problem(String engine, Map<String, String> given) {
    return given == null
        ? Optional.empty()
        : new TreeMap<>(given)
            .entrySet().stream()
                .flatMap(each -> problem(engine, each.getKey(), each.getValue()).stream())
                .findFirst();
  }

  private static Optional<String> problem(String engine, String name, String value) {
    var known =
        Arrays.stream(values())
            .filter(each -> each.label.equals(name) && each.isFor(engine))
            .findFirst();
    if (known.isEmpty()) {
      return Optional.of(
          "spec.database.parameters must not have “%s”; with %s these are allowed: %s"
              .formatted(name, engine, allowed(engine)));
    }
    return value != null && known.get().values.matcher(value).matches()
        ? Optional.empty()
        : Optional.of(
            "spec.database.parameters: %s must be %s".formatted(name, known.get().described));
  }

  private static String allowed(String engine) {
    return Arrays.stream(values())
        .filter(each -> each.isFor(engine))
        .map(Parameter::label)
        .collect(Collectors.joining(", "));
  }
}
