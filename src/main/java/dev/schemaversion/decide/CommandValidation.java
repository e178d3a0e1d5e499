package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.CommandSpec;
import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.Version;
import dev.schemaversion.decide.gate.VersionOrder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Validates the versions of {@code spec.migrations.command}. */
final class CommandValidation {
  private static final Pattern NAME = Pattern.compile(Names.VERSION_NAME_PATTERN);
  private static final String FIELD = "spec.migrations.command.versions";

  private CommandValidation() {}

  /** Returns what is wrong with a command; empty if it is valid. */
  static Optional<String> problem(CommandSpec command) {
    if (command.image() == null
        || isEmpty(command.migrate())
        || command.history() == null
        || isEmpty(command.history().tables())
        || isEmpty(command.versions())) {
      return Optional.of(
          "spec.migrations.command requires image, versions, migrate and history.tables");
    }
    var versions = command.versions();
    if (versions.stream().anyMatch(version -> version == null || !isName(version))) {
      return Optional.of(FIELD + ": a version has letters, digits, dots and underscores only");
    }
    return versions.stream().allMatch(version -> Version.parse(version).isPresent())
        ? notAscending(versions)
        : twice(versions);
  }

  private static boolean isEmpty(List<String> list) {
    return list == null || list.isEmpty();
  }

  /** Returns whether a text is a version of a resource, whatever its migration tool. */
  static boolean isName(String version) {
    return NAME.matcher(version).matches();
  }

  private static Optional<String> notAscending(List<String> versions) {
    for (int i = 1; i < versions.size(); i++) {
      if (!VersionOrder.NUMBERS.below(versions.get(i - 1), versions.get(i))) {
        return Optional.of(
            "%s are numbers and must be in ascending order, but %s is not above %s"
                .formatted(FIELD, versions.get(i), versions.get(i - 1)));
      }
    }
    return Optional.empty();
  }

  /** Equal numbers count as the same version too, because a report may write one as the other. */
  private static Optional<String> twice(List<String> versions) {
    for (int i = 1; i < versions.size(); i++) {
      var version = versions.get(i);
      var same =
          versions.subList(0, i).stream()
              .filter(other -> other.equals(version) || VersionOrder.NUMBERS.same(other, version))
              .findFirst();
      if (same.isPresent()) {
        return Optional.of(
            same.get().equals(version)
                ? "%s has %s twice".formatted(FIELD, version)
                : "%s has %s and %s, which are the same number"
                    .formatted(FIELD, same.get(), version));
      }
    }
    return Optional.empty();
  }
}
