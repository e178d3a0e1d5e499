package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A migration tool in an image of the user, such as the program's own. The runner has it migrate
 * one database to one version at a time.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RecordBuilder
@ValidationRule(
    value = "self.versions.all(v, v.matches('" + Names.VERSION_NAME_PATTERN + "'))",
    message = "command.versions: a version has letters, digits, dots and underscores only")
@ValidationRule(
    value =
        "!has(self.files) || self.files.all(name, name.matches('^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$'))",
    message = "command.files: a key is a file name without a path")
@ValidationRule(
    value = "!has(self.env) || self.env.all(name, name.matches('^[A-Za-z_][A-Za-z0-9_]{0,99}$'))",
    message = "command.env: a key is the name of an environment variable")
public record CommandSpec(
    @Required
        @Size(min = 1, max = 512)
        @io.fabric8.generator.annotation.Pattern(MigrationsSpec.ImageSource.REFERENCE)
        @JsonPropertyDescription(
            "The reference of the image with the tool and its migrations. Name it by digest "
                + "(name@sha256:...) or give each content a tag of its own, because the operator "
                + "only notices another reference. The pull uses job.imagePullSecrets.")
        String image,
    @Required
        @Size(min = 1, max = 500)
        @JsonPropertyDescription(
            "The versions in the order in which the tool reaches them, such as revision names. "
                + "spec.version, baseline.version and the annotations min-version and max-version "
                + "name one of them. Names are compared by their exact text. Versions that are all "
                + "numbers must be in ascending order, and are compared as numbers. A tool that only "
                + "migrates to its newest version has one.")
        List<@Size(min = 1, max = 151) String> versions,
    @Required
        @Size(min = 1, max = 64)
        @JsonPropertyDescription(
            "The program and its arguments that migrate the database to $(VERSION). No shell "
                + "interprets them. These variables are replaced: $(HOST), $(PORT), $(DATABASE), "
                + "$(USERNAME), $(PASSWORD), $(SSLMODE) and $(VERSION). With _URI before the "
                + "closing parenthesis, as in $(PASSWORD_URI), the value is percent-encoded for a "
                + "URL. "
                + "Prefer files or env for the password, because other processes can read "
                + "arguments. $$ stands for $.")
        List<String> migrate,
    @Size(min = 1, max = 64)
        @JsonPropertyDescription(
            "The program and its arguments that record $(VERSION) as the present version "
                + "without migrating. Without this field baseline.version is refused once it is "
                + "proven, because nothing can record it.")
        List<String> stamp,
    @Required @JsonPropertyDescription("Where the tool records the version of the database.")
        HistorySpec history,
    @Size(max = 20)
        @JsonPropertyDescription(
            "Files for the tool by name, with the same variables. They are in the folder "
                + "/schemaversion, in memory, and exist only while the tool runs.")
        Map<String, String> files,
    @Size(max = 50)
        @JsonPropertyDescription("Environment variables of the tool, with the same variables.")
        Map<String, String> env,
    @Min(1)
        @Max(4_294_967_294L)
        @JsonPropertyDescription(
            "The user ID of the tool's process, if the image needs a certain one. It must not "
                + "be root. The default is 65532.")
        Long runAsUser,
    @JsonPropertyDescription(
            "CPU and memory of the tool's container. Defaults to requests of 50m and 64Mi and a "
                + "memory limit of 512Mi.")
        ResourceRequirements resources) {

  /** The tool's own tables. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record HistorySpec(
      @Required
          @Size(min = 1, max = 10)
          @JsonPropertyDescription(
              "The tables in which the tool keeps its history, such as alembic_version, by name "
                  + "or schema.name. They do not count in a comparison of schemas. Their rows "
                  + "determine the version of the database.")
          List<String> tables,
      @Size(max = 50)
          @JsonPropertyDescription(
              "Columns of these tables whose values say nothing about the version, such as "
                  + "databasechangelog.liquibase, the release of the tool. Columns with times, "
                  + "columns that the server numbers, and columns whose values differ each time a "
                  + "version is built are left out without being listed.")
          List<String> ignoreColumns) {
    /** {@code ignoreColumns}; empty by default. */
    public List<String> ignoreColumnsOrDefault() {
      return Objects.requireNonNullElse(ignoreColumns, List.of());
    }
  }

  /** {@code files}; empty by default. */
  public Map<String, String> filesOrDefault() {
    return Objects.requireNonNullElse(files, Map.of());
  }

  /** {@code env}; empty by default. */
  public Map<String, String> envOrDefault() {
    return Objects.requireNonNullElse(env, Map.of());
  }
}
