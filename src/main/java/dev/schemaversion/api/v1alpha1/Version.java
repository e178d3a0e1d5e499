package dev.schemaversion.api.v1alpha1;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A schema version. Versions compare as in Flyway: part by part as numbers, where a missing part
 * counts as zero. So 10 is greater than 9, and 1.2 equals 1.2.0.
 */
public final class Version implements Comparable<Version> {
  private static final Pattern WELL_FORMED = Pattern.compile(Names.VERSION_PATTERN);
  private static final Pattern SEPARATOR = Pattern.compile("[._]");

  private final String text;
  private final List<Long> parts;

  private Version(String text) {
    this.text = text;
    this.parts = Arrays.stream(SEPARATOR.split(text)).map(Long::valueOf).toList();
  }

  /** Parses a text; empty for null and for text that is not a version. */
  public static Optional<Version> parse(String text) {
    return text != null && WELL_FORMED.matcher(text).matches()
        ? Optional.of(new Version(text))
        : Optional.empty();
  }

  /** Returns the version with dots and without leading zeros. */
  public String canonical() {
    return parts.stream().map(String::valueOf).collect(Collectors.joining("."));
  }

  @Override
  public int compareTo(Version other) {
    for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
      int order = Long.compare(part(i), other.part(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private long part(int index) {
    return index < parts.size() ? parts.get(index) : 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Version version && compareTo(version) == 0;
  }

  @Override
  public int hashCode() {
    int last = parts.size();
    while (last > 0 && parts.get(last - 1) == 0) {
      last--;
    }
    return parts.subList(0, last).hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
