package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Where the migrations are and how Flyway reads them. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.configMapRefs) != has(self.image)",
    message = "migrations come from exactly one source: set either configMapRefs or image")
public record MigrationsSpec(
    @Size(min = 1, max = 20)
        @JsonPropertyDescription(
            "The ConfigMaps with the migrations, a file a key (V001__name.sql). Several together"
                + " make one set, since one ConfigMap holds at most 1 MiB. Either these or image.")
        List<ConfigMapRef> configMapRefs,
    @JsonPropertyDescription(
            "An image with the migrations, up to 64 MiB of them; it is mounted, and nothing in it"
                + " runs. Needs image volumes, which Kubernetes has on from 1.35. Either this or"
                + " configMapRefs.")
        ImageSource image,
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

  /** A folder in an image. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ImageSource(
      @Required
          @Size(min = 1, max = 512)
          @Pattern(REFERENCE)
          @JsonPropertyDescription(
              "The image, such as registry.example.com/glance-migrations:13, or better by its"
                  + " digest: registry.example.com/glance-migrations@sha256:... . Content that"
                  + " changes under a reference is refused, so give new migrations a tag of their"
                  + " own. It is pulled with job.imagePullSecrets.")
          String reference,
      @Default(USUAL_PATH)
          @Size(min = 1, max = 512)
          @Pattern(PATH)
          @JsonPropertyDescription(
              "The folder with the migrations in the image. The files in it and in the folders"
                  + " below make one set, in which each name occurs once; symbolic links must not"
                  + " lead out of it.")
          String path) {
    private static final String HOST = "(\\[[0-9a-fA-F:]+\\]|[a-zA-Z0-9][a-zA-Z0-9.-]*)";
    private static final String WORD = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*";

    /** What {@code reference} looks like. */
    public static final String REFERENCE =
        "^("
            + HOST
            + "(:[0-9]{1,5})?/)?"
            + WORD
            + "(/"
            + WORD
            + ")*(:[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127})?(@sha256:[a-f0-9]{64})?$";

    /** What {@code path} looks like: absolute, and no part of it begins with a dot. */
    public static final String PATH =
        "^/(([a-zA-Z0-9_-][a-zA-Z0-9._-]*/)*[a-zA-Z0-9_-][a-zA-Z0-9._-]*)?$";

    private static final String USUAL_PATH = "/migrations";

    /** {@code path} with its default. */
    public String pathOrDefault() {
      return Objects.requireNonNullElse(path, USUAL_PATH);
    }
  }

  /** {@code configMapRefs}, empty for migrations from an image. */
  public List<ConfigMapRef> configMaps() {
    return Objects.requireNonNullElse(configMapRefs, List.of());
  }

  /** Flyway's settings. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value =
          "!has(self.placeholders) || self.placeholders.all(k, size(k) <= 64 &&"
              + " size(self.placeholders[k]) <= 1024)",
      message =
          "flyway.placeholders: a name has at most 64 characters and a value at most 1024; they"
              + " stand in the environment of the Job's pod")
  public record FlywaySpec(
      @Default("flyway_schema_history")
          @Size(min = 1, max = 63)
          // Flyway does not escape a quote in it.
          @Pattern("^[^\\x00-\\x1f\\x7f\"]+$")
          @JsonPropertyDescription("The history table's name, without a double quote.")
          String table,
      @Size(max = 64) @JsonPropertyDescription("Values for ${name} in the scripts.")
          Map<String, String> placeholders,
      @Default("false")
          @JsonPropertyDescription(
              "Whether a migration may run although a newer one has run already.")
          Boolean outOfOrder,
      @Default("V")
          @Size(min = 1, max = 16)
          @Pattern("^[^\\x00-\\x20\\x7f/]+$")
          @JsonPropertyDescription("What the name of a versioned migration begins with.")
          String sqlMigrationPrefix,
      @Default("[\".sql\"]")
          @Size(min = 1, max = 8)
          @JsonPropertyDescription("What the name of a migration ends with.")
          List<@Pattern("^[^\\x00-\\x20\\x7f/]{1,16}$") String> sqlMigrationSuffixes) {
    /** Flyway's own defaults. */
    public static final FlywaySpec DEFAULT =
        new FlywaySpec("flyway_schema_history", Map.of(), false, "V", List.of(".sql"));
  }
}
