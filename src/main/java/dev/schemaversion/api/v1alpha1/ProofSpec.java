package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Objects;

/** How it is proven that the schema found is the one the migrations build. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProofSpec(
    @Default("Always")
        @JsonPropertyDescription(
            "Always: each sync rehearses the pending migrations on a clone and compares the result"
                + " with what they build elsewhere. OnBaseline: only the starting point, and what"
                + " others have changed, is compared; syncs are quicker and rehearse nothing.")
        Mode mode,
    @JsonPropertyDescription(
            "The scratch server beside the runner, on which versions are built to compare with.")
        ScratchSpec scratch,
    @Size(max = 50)
        @JsonPropertyDescription(
            "Objects that do not count, each as a kind (or * for all kinds), a space and a name as"
                + " differences show it, in which * stands for any characters: \"index"
                + " public.images.ix_*\", \"* public.tmp_*\". What belongs to a table bears its"
                + " name. status.proof.ignored counts what each has left out. The kinds are"
                + " schema, extension, table, foreign table, column, constraint, index, view,"
                + " materialized view, view column, sequence, function, procedure, aggregate,"
                + " trigger, rule, policy, enum, domain, domain constraint, composite type, range"
                + " type, base type, statistics, collation, conversion, operator, operator class,"
                + " operator family, text search configuration, text search dictionary, text"
                + " search parser, text search template, cast and event trigger; of MariaDB and MySQL also"
                + " partition, event, package and package body.")
        List<@Pattern(IGNORE_PATTERN) String> ignore) {

  /** What an item of {@code ignore} looks like. */
  public static final String IGNORE_PATTERN =
      "^(\\*|schema|extension|table|foreign table|column|constraint|index|view|materialized"
          + " view|view column|sequence|function|procedure|aggregate|trigger|rule|policy|enum"
          + "|domain|domain constraint|composite type|range type|base"
          + " type|statistics|collation|conversion|operator|operator class|operator family|text"
          + " search configuration|text search dictionary|text search parser|text search"
          + " template|cast|event trigger|partition|event|package|package body) [^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]{0,510}$";

  /** Everything counts, always. */
  public static final ProofSpec DEFAULT = new ProofSpec(Mode.Always, null, List.of());

  /** When it is compared. */
  public enum Mode {
    /** At each step. */
    Always,
    /** At the start, and when others have changed the schema. */
    OnBaseline
  }

  /** The scratch server beside the runner. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ScratchSpec(
      @Size(min = 1, max = 512)
          @Pattern("^[a-zA-Z0-9][a-zA-Z0-9._:/@-]*$")
          @JsonPropertyDescription(
              "The scratch server's image: PostgreSQL of the same major version as the database,"
                  + " with its programs on the PATH and a user of id 999, as the official"
                  + " Debian-based image has it, and with the extensions that the database has."
                  + " Without it, the operator's settings name an image for each major version.")
          String image,
      @JsonPropertyDescription(
              "CPU and memory of the scratch server. By default 50m and 64Mi are requested and"
                  + " memory is limited to 512Mi.")
          ResourceRequirements resources) {}

  /** {@code mode} with its default. */
  public Mode modeOrDefault() {
    return Objects.requireNonNullElse(mode, Mode.Always);
  }

  /** {@code ignore} with its default. */
  public List<String> ignoreOrDefault() {
    return Objects.requireNonNullElse(ignore, List.of());
  }
}
