package dev.schemaversion.runner.command;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.RunFailure;
import java.util.List;

/** The versions of {@code spec.migrations.command.versions}, in order. */
final class ListedVersions {
  /** Stands for the time before all migrations. */
  static final String BEGINNING = "0";

  private static final int SHOWN = 5;

  private final List<String> versions;

  ListedVersions(List<String> versions) {
    this.versions = List.copyOf(versions);
  }

  List<String> all() {
    return versions;
  }

  /** Whether a version is the one before all that are listed. */
  boolean isBeginning(String version) {
    return version.equals(BEGINNING) && !versions.contains(BEGINNING);
  }

  /** How many versions there are up to this one; 0 for the beginning. */
  int count(String version) {
    return versions.indexOf(version) + 1;
  }

  /** The versions after one, up to another. */
  List<String> between(String after, String upTo) {
    return versions.subList(count(after), Math.max(count(after), count(upTo)));
  }

  /**
   * Refuses a version that is neither listed nor the beginning.
   *
   * @param field where the user wrote it
   */
  void require(String version, String field) {
    if (!versions.contains(version) && !isBeginning(version)) {
      throw new RunFailure(
          Outcome.VERSION_MISSING,
          field
              + " is "
              + version
              + ", which is not among spec.migrations.command.versions: "
              + (versions.size() > SHOWN ? "…, " : "")
              + String.join(
                  ", ", versions.subList(Math.max(0, versions.size() - SHOWN), versions.size()))
              + ". Nothing was done. Add the version to the list, or correct "
              + field
              + ".");
    }
  }
}
