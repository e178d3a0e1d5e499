package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Objects;

/** How the operator proves that the schema equals the schema that the migrations build. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProofSpec(
    @Default("Always")
        @JsonPropertyDescription(
            "When the schema is compared with the schema that the migrations build. Always: "
                + "each sync first rehearses the pending migrations on a clone of the schema, and "
                + "proves the result afterwards. OnBaseline: only the starting version and changes "
                + "made by others are compared; syncs are faster and rehearse nothing.")
        Mode mode,
    @JsonPropertyDescription(
            "The scratch server that runs beside the runner, on which the migrations build "
                + "the versions to compare with.")
        ScratchSpec scratch,
    @JsonPropertyDescription(
            "How the pending migrations are rehearsed before the database is touched. By default "
                + "they run on a clone of the schema that has no rows.")
        RehearsalSpec rehearsal,
    @Size(max = 50)
        @JsonPropertyDescription(
            "Schema objects that the comparison ignores. Each item is a kind, or * for all "
                + "kinds, then a space and a name as the differences show it, in which * matches "
                + "any characters: \"index public.images.ix_*\", \"* public.tmp_*\". The name of an "
                + "object that belongs to a table begins with the table's name. "
                + "status.proof.ignored counts the objects that each item ignores. The kinds are "
                + "schema, extension, table, foreign table, column, constraint, index, view, "
                + "materialized view, view column, sequence, function, procedure, aggregate, "
                + "trigger, rule, policy, enum, domain, domain constraint, composite type, range "
                + "type, base type, statistics, collation, conversion, operator, operator class, "
                + "operator family, text search configuration, text search dictionary, text search "
                + "parser, text search template, cast, event trigger, partition, replica identity, "
                + "grant, grant to public, revoke, owner, default privileges, publication, published "
                + "table, published schema, language, transform, access method, foreign data "
                + "wrapper, foreign server, user mapping and setting; with MariaDB and MySQL also event, "
                + "package and package body. A partition's name begins with that of the "
                + "partitioned table, and what is in an ignored partition is ignored too: "
                + "\"partition public.measurements.*\". A grant's name is that of the object, the "
                + "role and the privilege: \"grant public.images.reporting.SELECT\". By default "
                + "nothing is ignored.")
        List<@Pattern(IGNORE_PATTERN) String> ignore,
    @Default("Enforce")
        @JsonPropertyDescription(
            "How the proof treats grants, owners and default privileges, with PostgreSQL. "
                + "Enforce: what the migrations grant must be granted, what they revoke must be "
                + "revoked, and an object whose owner they set must have that owner; a right that "
                + "only the database grants to PUBLIC on a table, view, sequence, column, function "
                + "or procedure is a difference too, and everything else that is more is noted in "
                + "the log. Note: all of this is only noted in the log, for databases whose roles "
                + "are managed outside the migrations. Only names of roles are compared.")
        Grants grants) {

  /** The format of an item of {@code ignore}. */
  public static final String IGNORE_PATTERN =
      "^(\\*|schema|extension|table|foreign table|column|constraint|index|view|materialized"
          + " view|view column|sequence|function|procedure|aggregate|trigger|rule|policy|enum"
          + "|domain|domain constraint|composite type|range type|base"
          + " type|statistics|collation|conversion|operator|operator class|operator family|text"
          + " search configuration|text search dictionary|text search parser|text search"
          + " template|cast|event trigger|partition|event|package|package body|replica identity|grant"
          + "|grant to public|revoke|owner|default privileges|publication|published"
          + " table|published schema|language|transform|access method|foreign data"
          + " wrapper|foreign server|user mapping|setting) [^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]{0,510}$";

  /** The default: each sync is proven, and nothing is ignored. */
  public static final ProofSpec DEFAULT = new ProofSpec(Mode.Always, null, null, List.of(), null);

  /** When the schema is compared. */
  public enum Mode {
    /** With each sync. */
    Always,
    /** At the baseline, and after changes made by others. */
    OnBaseline
  }

  /** How differences in grants, owners and default privileges are treated. */
  public enum Grants {
    /** They count. */
    Enforce,
    /** They are noted in the log. */
    Note
  }

  /** Settings of the scratch server, which runs beside the runner. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ScratchSpec(
      @Size(min = 1, max = 512)
          @Pattern("^[a-zA-Z0-9][a-zA-Z0-9._:/@-]*$")
          @JsonPropertyDescription(
              "The image of the scratch server. The server must be of the same engine and major "
                  + "version as the database, have its programs on the PATH, a user with id 999, as "
                  + "the official Debian-based images have, and the extensions that the database has. "
                  + "Defaults to the image that the operator's settings name for the major version.")
          String image,
      @JsonPropertyDescription(
              "CPU and memory of the scratch server. Defaults to requests of 50m and 64Mi and a "
                  + "memory limit of 512Mi.")
          ResourceRequirements resources,
      @Size(min = 1, max = 50)
          @JsonPropertyDescription(
              "Extensions of PostgreSQL that only a superuser may create, and that migrations "
                  + "create: where the migrating user is superuser on the database server, it may "
                  + "create these on the scratch server too. The operator's settings must permit "
                  + "each of them (ScratchNotPermitted). By default it may create only those that "
                  + "need no superuser.")
          List<@Pattern(EXTENSION_PATTERN) String> extensions,
      @JsonPropertyDescription(
              "Whether the migrating user is superuser on the scratch server if it is superuser on "
                  + "the database server; for PostgreSQL. Needed by migrations that create event "
                  + "triggers or superusers. Scripts then reach the files, the processes and the "
                  + "network of the Job's pod from the rehearsal. The operator's settings must permit "
                  + "it (ScratchNotPermitted), which they do not by default. Defaults to false.")
          Boolean superuser) {

    /** {@code extensions} with its default, without items that are null. */
    public List<String> extensionsOrDefault() {
      return extensions == null ? List.of() : extensions.stream().filter(Objects::nonNull).toList();
    }

    /** {@code superuser} with its default. */
    public boolean superuserOrDefault() {
      return Boolean.TRUE.equals(superuser);
    }
  }

  /** The format of an item of {@code scratch.extensions}. */
  public static final String EXTENSION_PATTERN = "^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$";

  /** {@code mode} with its default. */
  public Mode modeOrDefault() {
    return Objects.requireNonNullElse(mode, Mode.Always);
  }

  /** {@code grants} with its default. */
  public Grants grantsOrDefault() {
    return Objects.requireNonNullElse(grants, Grants.Enforce);
  }

  /** {@code rehearsal} with its default. */
  public RehearsalSpec rehearsalOrDefault() {
    return Objects.requireNonNullElse(rehearsal, RehearsalSpec.DEFAULT);
  }

  /** {@code ignore} with its default. */
  public List<String> ignoreOrDefault() {
    return Objects.requireNonNullElse(ignore, List.of());
  }
}
