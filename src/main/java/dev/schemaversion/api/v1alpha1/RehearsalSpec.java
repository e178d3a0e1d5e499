package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;

/** How the pending migrations are rehearsed before the database is touched. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "(has(self.mode) && self.mode == 'Rows') || (!has(self.tables) && !has(self.maxSize))",
    message = "proof.rehearsal.tables and proof.rehearsal.maxSize require mode Rows")
public record RehearsalSpec(
    @Default("Schema")
        @JsonPropertyDescription(
            "What the clone contains on which the pending migrations are rehearsed. Schema: the "
                + "schema without rows; a script that needs a row fails there, and what only rows "
                + "show is not found. Rows: rows of the database too, so that constraints, casts, "
                + "backfills and checks in scripts meet real data. The rows are copied into the "
                + "scratch server of the Job's pod and are deleted with the pod: private data is "
                + "then on the disk of the node that runs the pod, whoever can exec into the pod "
                + "can read it, and a snapshot of the database is held open while they are copied. "
                + "No row appears in a log, message or status, unless a script itself puts one into "
                + "the text of an error. \"Off\", which YAML wants in quotes: the pending migrations do not run on a clone. What "
                + "they build from nothing is still compared with the result afterwards; but a "
                + "script that fails on this database, because of rows or of objects that no "
                + "migration made, fails only there.")
        Mode mode,
    @Size(max = 100)
        @JsonPropertyDescription(
            "With mode Rows, the tables whose rows are copied: table or schema.table, without "
                + "quotes; a partitioned table stands for its partitions. Tables to which their "
                + "foreign keys refer are copied too. By default the rows of all tables of "
                + "database.schemas are copied. A table that does not exist is left out, and the "
                + "message says so.")
        List<@Size(min = 1, max = 130) @Pattern("^[^\\x00-\\x1f\\x7f]+$") String> tables,
    @Size(max = 6)
        @Pattern("^[1-9][0-9]{0,3}(Mi|Gi)$")
        @JsonPropertyDescription(
            "With mode Rows, how large the copied tables may be together, with their indexes, such "
                + "as 500Mi or 20Gi. If they are larger, the run is refused before anything is "
                + "copied (CloneFailed): a part of the rows would let migrations fail, or pass, "
                + "for the reason that the rest is missing. The scratch server's volume is 2Gi and "
                + "three times this size, and the pod requests as much ephemeral storage. Defaults "
                + "to 1Gi.")
        String maxSize) {

  /** The default: a clone without rows. */
  public static final RehearsalSpec DEFAULT = new RehearsalSpec(Mode.Schema, null, null);

  /** What a clone contains. */
  public enum Mode {
    /** The schema without rows. */
    Schema,
    /** The schema and rows. */
    Rows,
    /** There is no clone. */
    Off
  }

  /** {@code mode} with its default. */
  public Mode modeOrDefault() {
    return Objects.requireNonNullElse(mode, Mode.Schema);
  }

  /** {@code tables} with its default. */
  public List<String> tablesOrDefault() {
    return Objects.requireNonNullElse(tables, List.of());
  }

  /**
   * {@code maxSize} with its default, in bytes.
   *
   * @throws NumberFormatException if it is none, as in a resource that the API server did not check
   */
  public long maxBytes() {
    return SizeText.parse(Objects.requireNonNullElse(maxSize, "1Gi"));
  }
}
