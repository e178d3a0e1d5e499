package dev.schemaversion.decide.gate;

import dev.schemaversion.api.v1alpha1.CommandSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.api.v1alpha1.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The order of the versions of a database. Names are ordered by their place in {@code
 * spec.migrations.command.versions} and compared by their exact text; without such names, versions
 * compare as numbers. A version that is not known is neither below nor above another one.
 *
 * @param names the names in ascending order; empty if the versions are numbers
 */
public record VersionOrder(List<String> names) {
  /** The order of numbers, as in Flyway. */
  public static final VersionOrder NUMBERS = new VersionOrder(List.of());

  /** The version of a database in which none of the migrations has run. */
  private static final String ZERO = "0";

  /** Returns the order of the versions of a resource. */
  public static VersionOrder of(SchemaVersionSpec spec) {
    var command = spec == null || spec.migrations() == null ? null : spec.migrations().command();
    var versions =
        Optional.ofNullable(command).map(CommandSpec::versions).orElse(List.of()).stream()
            .filter(Objects::nonNull)
            .toList();
    if (versions.stream().allMatch(version -> Version.parse(version).isPresent())) {
      return NUMBERS;
    }
    var names = new ArrayList<String>();
    if (!versions.contains(ZERO)) {
      names.add(ZERO);
    }
    names.addAll(versions);
    return new VersionOrder(List.copyOf(names));
  }

  /** Returns whether the versions are names. */
  public boolean byName() {
    return !names.isEmpty();
  }

  /** Returns whether a text is one of the names or, without names, a number. */
  public boolean knows(String version) {
    return atMost(version, version);
  }

  /** Returns whether both versions are known and the first is not above the second. */
  public boolean atMost(String version, String highest) {
    if (byName()) {
      return place(version) >= 0 && place(version) <= place(highest);
    }
    var first = Version.parse(version);
    var second = Version.parse(highest);
    return first.isPresent() && second.isPresent() && first.get().compareTo(second.get()) <= 0;
  }

  /** Returns whether both versions are known and the first is below the second. */
  public boolean below(String version, String other) {
    return atMost(version, other) && !atMost(other, version);
  }

  /** Returns whether both versions are known and the same. */
  public boolean same(String one, String other) {
    return atMost(one, other) && atMost(other, one);
  }

  /**
   * Returns the higher of two versions, either of which may be null. One that is not known counts
   * as the higher one, because it could be any version.
   */
  public String highest(String one, String other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return !knows(one) || below(other, one) ? one : other;
  }

  /**
   * Returns the names at or below a version, the newest first; empty if the version is not known.
   */
  public List<String> reached(String version) {
    return List.copyOf(names.subList(0, place(version) + 1).reversed());
  }

  /**
   * Returns the names that are below neither the version of a database nor the target of its sync,
   * the nearest first; empty if one of the two is not known.
   *
   * @param target the target, or null
   */
  public List<String> ahead(String version, String target) {
    int place = place(highest(version, target));
    return place < 0 || !knows(version)
        ? List.of()
        : List.copyOf(names.subList(place, names.size()));
  }

  private int place(String version) {
    return version == null ? -1 : names.indexOf(version);
  }
}
