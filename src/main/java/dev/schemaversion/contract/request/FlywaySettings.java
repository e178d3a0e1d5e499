package dev.schemaversion.contract.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.schemaversion.contract.FlywayOptions;
import java.util.List;
import java.util.Map;

/**
 * How Flyway reads the migrations, with the meanings of Flyway's own configuration.
 *
 * @param table the name of the history table
 * @param placeholders the values of the placeholders in the scripts
 * @param outOfOrder whether a migration below the current version may run
 * @param sqlMigrationPrefix the prefix of versioned file names
 * @param sqlMigrationSuffixes the suffixes of file names
 * @param options further options, or null if the spec sets none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FlywaySettings(
    String table,
    Map<String, String> placeholders,
    boolean outOfOrder,
    String sqlMigrationPrefix,
    List<String> sqlMigrationSuffixes,
    FlywayOptions options) {

  /** {@code options}, all of them with Flyway's defaults if the spec sets none. */
  public FlywayOptions optionsOrDefault() {
    return options == null ? FlywayOptions.DEFAULT : options;
  }
}
