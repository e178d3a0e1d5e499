package dev.schemaversion.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Objects;

/**
 * Further options of Flyway, with the names and meanings of its own configuration. A component that
 * is null has Flyway's default.
 *
 * @param locations the folders below the source that contain the migrations
 * @param checksums what a changed file means for a migration that has already run
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RecordBuilder
public record FlywayOptions(
    Boolean placeholderReplacement,
    String placeholderPrefix,
    String placeholderSuffix,
    String placeholderSeparator,
    String repeatableSqlMigrationPrefix,
    String baselineMigrationPrefix,
    String sqlMigrationSeparator,
    String encoding,
    List<String> locations,
    List<String> ignoreMigrationPatterns,
    String initSql,
    String installedBy,
    Boolean createSchemas,
    Checksums checksums) {
  /** Every option has Flyway's default. */
  public static final FlywayOptions DEFAULT = FlywayOptionsBuilder.builder().build();

  /** What a changed file means for a migration that has already run. */
  public enum Checksums {
    /** The run is refused. */
    ENFORCE,
    /** The history takes over the new checksums, if the files build the schema found. */
    PROVEN,
    /** Checksums are not compared. */
    IGNORE
  }

  /** {@code checksums} with its default. */
  public Checksums checksumsOrDefault() {
    return Objects.requireNonNullElse(checksums, Checksums.ENFORCE);
  }

  /** {@code locations} with its default: the source itself. */
  public List<String> locationsOrDefault() {
    return Objects.requireNonNullElse(locations, List.of());
  }
}
