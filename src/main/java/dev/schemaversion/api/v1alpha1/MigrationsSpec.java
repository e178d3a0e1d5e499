package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Objects;

/** The source of the migrations, and how Flyway reads them. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RecordBuilder
@ValidationRule(
    value = "[has(self.configMapRefs), has(self.image), has(self.command)].exists_one(set, set)",
    message =
        "migrations come from exactly one source: set one of configMapRefs, image and command")
@ValidationRule(
    value = "!has(self.flyway) || !has(self.command)",
    message = "migrations.flyway is for configMapRefs and image; a command has its own options")
@ValidationRule(
    value = "!has(self.flyway) || !has(self.flyway.locations) || has(self.image)",
    message =
        "flyway.locations are folders inside migrations.image; a ConfigMap has no folders, so list"
            + " only the ConfigMaps that count")
public record MigrationsSpec(
    @Size(min = 1, max = 20)
        @JsonPropertyDescription(
            "The ConfigMaps with the migrations. Each key is a file name, such as "
                + "V001__name.sql. All ConfigMaps together are one set of migrations, because a "
                + "single ConfigMap holds at most 1 MiB. Set only one of this field, image and command.")
        List<ConfigMapRef> configMapRefs,
    @JsonPropertyDescription(
            "An image with the migrations, of which it may hold up to 64 MiB. The image is "
                + "mounted as a volume and never executed. This requires image volumes, which are "
                + "enabled by default from Kubernetes 1.35. Set only one of this field, configMapRefs and command.")
        ImageSource image,
    @JsonPropertyDescription(
            "How Flyway reads the migrations. Names and meanings are those of Flyway's own "
                + "configuration.")
        FlywaySpec flyway,
    @JsonPropertyDescription(
            "A migration tool in an image of your own, which migrates instead of Flyway. Set "
                + "only one of this field, configMapRefs and image.")
        CommandSpec command) {

  /** A reference to a ConfigMap in the namespace of the resource. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ConfigMapRef(
      @Required
          @Size(min = 1, max = 253)
          @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
          @JsonPropertyDescription("The name of the ConfigMap, in the namespace of this resource.")
          String name) {}

  /** A folder in an image. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ImageSource(
      @Required
          @Size(min = 1, max = 512)
          @Pattern(REFERENCE)
          @JsonPropertyDescription(
              "The reference of the image, such as registry.example.com/glance-migrations:13 "
                  + "or, better, a digest: registry.example.com/glance-migrations@sha256:... . The "
                  + "operator refuses content that changes under the same reference, so give new "
                  + "migrations a new tag. The pull uses job.imagePullSecrets.")
          String reference,
      @Default(DEFAULT_PATH)
          @Size(min = 1, max = 512)
          @Pattern(PATH)
          @JsonPropertyDescription(
              "The folder with the migrations inside the image. The files in this folder and in "
                  + "its subfolders are one set, unless flyway.locations names some of the "
                  + "subfolders. Symbolic links must not lead out of the folder.")
          String path) {
    private static final String HOST = "(\\[[0-9a-fA-F:]+\\]|[a-zA-Z0-9][a-zA-Z0-9.-]*)";
    private static final String WORD = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*";

    /** The format of {@code reference}. */
    public static final String REFERENCE =
        "^("
            + HOST
            + "(:[0-9]{1,5})?/)?"
            + WORD
            + "(/"
            + WORD
            + ")*(:[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127})?(@sha256:[a-f0-9]{64})?$";

    /** The format of {@code path}: absolute, and no segment begins with a dot. */
    public static final String PATH =
        "^/(([a-zA-Z0-9_-][a-zA-Z0-9._-]*/)*[a-zA-Z0-9_-][a-zA-Z0-9._-]*)?$";

    private static final String DEFAULT_PATH = "/migrations";

    /** {@code path} with its default. */
    public String pathOrDefault() {
      return Objects.requireNonNullElse(path, DEFAULT_PATH);
    }
  }

  /** {@code configMapRefs}; empty for other sources. */
  public List<ConfigMapRef> configMaps() {
    return Objects.requireNonNullElse(configMapRefs, List.of());
  }
}
