package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/** How Flyway reads and runs the migrations, with the names and defaults of its configuration. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RecordBuilder
@ValidationRule(
    value =
        "!has(self.placeholders) || self.placeholders.all(k, size(k) <= 64 &&"
            + " size(self.placeholders[k]) <= 1024)",
    message =
        "flyway.placeholders: a name has at most 64 characters and a value at most 1024; they"
            + " stand in the environment of the Job's pod")
@ValidationRule(
    value =
        "!has(self.placeholders) || size(self.placeholders) == 0"
            + " || !has(self.placeholderReplacement) || self.placeholderReplacement",
    message =
        "flyway.placeholders have no effect while flyway.placeholderReplacement is false; remove"
            + " one of the two")
@ValidationRule(
    value =
        "(has(self.sqlMigrationPrefix) ? self.sqlMigrationPrefix : 'V')"
            + " != (has(self.repeatableSqlMigrationPrefix) ? self.repeatableSqlMigrationPrefix : 'R')"
            + " && (has(self.sqlMigrationPrefix) ? self.sqlMigrationPrefix : 'V')"
            + " != (has(self.baselineMigrationPrefix) ? self.baselineMigrationPrefix : 'B')"
            + " && (has(self.repeatableSqlMigrationPrefix) ? self.repeatableSqlMigrationPrefix : 'R')"
            + " != (has(self.baselineMigrationPrefix) ? self.baselineMigrationPrefix : 'B')",
    message =
        "flyway.sqlMigrationPrefix, repeatableSqlMigrationPrefix and baselineMigrationPrefix must"
            + " differ from each other")
public record FlywaySpec(
    @Default("flyway_schema_history")
        @Size(min = 1, max = 63)
        // Flyway does not escape a quote in it.
        @Pattern("^[^\\x00-\\x1f\\x7f\"]+$")
        @JsonPropertyDescription(
            "The name of the history table. The name must not contain a double quote.")
        String table,
    @Size(max = 64)
        @JsonPropertyDescription(
            "Values for the placeholders ${name} in the scripts. A name has at most 64 "
                + "characters, a value at most 1024.")
        Map<String, String> placeholders,
    @JsonPropertyDescription(
            "Whether placeholders in the scripts are replaced. Defaults to true. A script can "
                + "override it in its own configuration file.")
        Boolean placeholderReplacement,
    @Size(min = 1, max = 16)
        @Pattern(PRINTABLE)
        @JsonPropertyDescription("The text that begins a placeholder. Defaults to ${.")
        String placeholderPrefix,
    @Size(min = 1, max = 16)
        @Pattern(PRINTABLE)
        @JsonPropertyDescription("The text that ends a placeholder. Defaults to }.")
        String placeholderSuffix,
    @Size(min = 1, max = 16)
        @Pattern(PRINTABLE)
        @JsonPropertyDescription(
            "The text between flyway and the name of a placeholder of Flyway's own, such as "
                + "${flyway:timestamp}. Defaults to a colon.")
        String placeholderSeparator,
    @Default("false")
        @JsonPropertyDescription(
            "Whether a pending migration may run although a migration with a higher version "
                + "has already run.")
        Boolean outOfOrder,
    @Default("V")
        @Size(min = 1, max = 16)
        @Pattern(NAME_PART)
        @JsonPropertyDescription("The prefix of the file names of versioned migrations.")
        String sqlMigrationPrefix,
    @Size(min = 1, max = 16)
        @Pattern(NAME_PART)
        @JsonPropertyDescription(
            "The prefix of the file names of repeatable migrations. Defaults to R.")
        String repeatableSqlMigrationPrefix,
    @Size(min = 1, max = 16)
        @Pattern(NAME_PART)
        @JsonPropertyDescription(
            "The prefix of the file names of baseline migrations. Defaults to B.")
        String baselineMigrationPrefix,
    @Size(min = 1, max = 16)
        @Pattern(NAME_PART)
        @JsonPropertyDescription(
            "The text between version and description in a file name. Defaults to two "
                + "underscores.")
        String sqlMigrationSeparator,
    @Default("[\".sql\"]")
        @Size(min = 1, max = 8)
        @JsonPropertyDescription("The suffixes of the file names of migrations.")
        List<@Pattern("^[^\\x00-\\x20\\x7f/]{1,64}$") String> sqlMigrationSuffixes,
    @Size(min = 1, max = 40)
        @Pattern("^[A-Za-z0-9][A-Za-z0-9._:+-]*$")
        @JsonPropertyDescription("The character encoding of the scripts. Defaults to UTF-8.")
        String encoding,
    @Size(min = 1, max = 20)
        @JsonPropertyDescription(
            "Folders below migrations.image.path that contain the migrations; each is read with "
                + "its subfolders. {vendor} stands for postgresql, mariadb or mysql. Defaults to "
                + "the whole of migrations.image.path.")
        List<@Pattern(LOCATION) String> locations,
    @Size(max = 8)
        @JsonPropertyDescription(
            "Migrations that the validation ignores, as type:state. The type is versioned, "
                + "repeatable or *; the state is missing, pending, ignored, future or *. A history "
                + "with ignored missing migrations cannot be proven until you accept that. "
                + "Defaults to *:future.")
        List<@Pattern("^(versioned|repeatable|\\*):(missing|pending|ignored|future|\\*)$") String>
            ignoreMigrationPatterns,
    @Size(min = 1, max = 4096)
        @JsonPropertyDescription(
            "SQL that runs on each connection as soon as it is opened, before the migrations.")
        String initSql,
    @Size(min = 1, max = 100)
        @JsonPropertyDescription(
            "The user that the history records as the one who ran a migration. Defaults to the "
                + "user of the database session.")
        String installedBy,
    @JsonPropertyDescription(
            "Whether the schemas of database.schemas are created if they do not exist. Defaults "
                + "to true.")
        Boolean createSchemas,
    @JsonPropertyDescription(
            "What a changed file means for a migration that has already run. Enforce: the run is "
                + "refused, and the message says whether the files as they are now build the schema "
                + "found. Proven: if they do, the history takes over the new checksums. Ignore: "
                + "checksums are not compared, the schema alone is (Flyway's validateOnMigrate: "
                + "false). Defaults to Enforce.")
        Checksums checksums) {

  private static final String PRINTABLE = "^[^\\x00-\\x20\\x7f]+$";
  private static final String NAME_PART = "^[^\\x00-\\x20\\x7f/]+$";

  /** The format of a location: relative, and no segment begins with a dot. */
  public static final String LOCATION =
      "^([a-zA-Z0-9_-][a-zA-Z0-9._-]*|\\{vendor\\})(/([a-zA-Z0-9_-][a-zA-Z0-9._-]*|\\{vendor\\}))*$";

  /** The defaults of the fields that had one from the beginning; the others default to null. */
  public static final FlywaySpec DEFAULT =
      FlywaySpecBuilder.builder()
          .table("flyway_schema_history")
          .placeholders(Map.of())
          .outOfOrder(false)
          .sqlMigrationPrefix("V")
          .sqlMigrationSuffixes(List.of(".sql"))
          .build();

  /** What a changed file means for a migration that has already run. */
  public enum Checksums {
    /** The run is refused. */
    Enforce,
    /** The history takes over the new checksums, if the files build the schema found. */
    Proven,
    /** Checksums are not compared. */
    Ignore
  }
}
