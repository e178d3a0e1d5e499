package dev.schemaversion.runner.flyway.history;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.internal.info.MigrationInfoImpl;
import org.flywaydb.core.internal.util.AbbreviationUtils;

/**
 * A migration that ran and is recorded with another checksum or description than its file has now.
 *
 * @param rank the rank of its row in the history
 * @param script the file's name
 * @param checksum the file's checksum
 * @param description the description in the file's name
 * @param oldChecksum the checksum in the history; null if it has none
 * @param oldDescription the description in the history
 */
public record ChangedMigration(
    int rank,
    String script,
    Integer checksum,
    String description,
    Integer oldChecksum,
    String oldDescription) {
  /** How a database without empty texts records that there is no description. */
  private static final String NO_DESCRIPTION = "<< no description >>";

  /** Those that Flyway's validation would name. */
  public static List<ChangedMigration> among(
      List<MigrationInfo> infos, HistoryTable history, IgnoredFindings ignored) {
    var compared = history.newestBaseline();
    return infos.stream()
        .filter(info -> isCompared(info, compared) && !ignored.contains(info))
        .flatMap(info -> of((MigrationInfoImpl) info).stream())
        .toList();
  }

  /** Flyway does not compare what lies below a stamp or a baseline script. */
  private static boolean isCompared(MigrationInfo info, Optional<MigrationVersion> baseline) {
    var state = info.getState();
    return info.isApplied()
        && info.isVersioned()
        && (state == MigrationState.SUCCESS || state == MigrationState.OUT_OF_ORDER)
        && baseline.stream().allMatch(version -> info.getVersion().isNewerThan(version));
  }

  private static Optional<ChangedMigration> of(MigrationInfoImpl info) {
    var file = info.getResolvedMigration();
    var row = info.getAppliedMigration();
    if (file == null) {
      return Optional.empty();
    }
    var description = AbbreviationUtils.abbreviateDescription(file.getDescription());
    boolean same =
        info.isChecksumMatching()
            && Stream.of(description, description.isEmpty() ? NO_DESCRIPTION : description)
                .anyMatch(text -> text.equals(row.getDescription()));
    return same
        ? Optional.empty()
        : Optional.of(
            new ChangedMigration(
                row.getInstalledRank(),
                file.getScript(),
                file.getChecksum(),
                description,
                row.getChecksum(),
                row.getDescription()));
  }
}
