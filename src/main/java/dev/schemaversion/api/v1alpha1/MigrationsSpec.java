package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;

/** Where the migrations are and how Flyway reads them. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MigrationsSpec(
    @Required
        @Size(min = 1, max = 20)
        @JsonPropertyDescription(
            "The ConfigMaps with the migrations, a file a key (V001__name.sql). Several together"
                + " make one set, since one ConfigMap holds at most 1 MiB.")
        List<ConfigMapRef> configMapRefs,
    @JsonPropertyDescription("How Flyway reads the migrations; the meanings are Flyway's own.")
        FlywaySpec flyway) {

  /** A ConfigMap of the resource's own namespace. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ConfigMapRef(
      @Required
          @Size(min = 1, max = 253)
          @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
          @JsonPropertyDescription("The ConfigMap's name, in the namespace of this resource.")
          String name) {}

  /** Flyway's settings. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record FlywaySpec(
      @Default("flyway_schema_history")
          @Size(min = 1, max = 63)
          // Flyway does not escape a quote in it.
          @Pattern("^[^\\x00-\\x1f\\x7f\"]+$")
          @JsonPropertyDescription("The history table's name, without a double quote.")
          String table,
      @JsonPropertyDescription("Values for ${name} in the scripts.")
          Map<String, String> placeholders,
      @Default("false")
          @JsonPropertyDescription(
              "Whether a migration may run although a newer one has run already.")
          Boolean outOfOrder,
      @Default("V")
          @Size(min = 1, max = 16)
          @JsonPropertyDescription("What the name of a versioned migration begins with.")
          String sqlMigrationPrefix,
      @Default("[\".sql\"]")
          @Size(min = 1, max = 8)
          @JsonPropertyDescription("What the name of a migration ends with.")
          List<String> sqlMigrationSuffixes) {
    /** Flyway's own defaults. */
    public static final FlywaySpec USUAL =
        new FlywaySpec("flyway_schema_history", Map.of(), false, "V", List.of(".sql"));
  }
}
