package dev.schemaversion.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * The report of a run, which the runner writes as the termination message of its container.
 *
 * @param step the step of the run
 * @param outcome the result
 * @param message what happened, where, and what to do; without secrets and row content
 * @param version the version in the history of the database, or null if it has none
 * @param baseline set by a successful baseline run
 * @param migrationsApplied the number of migrations that this run committed
 * @param migrationsDigest the digest of the mounted migrations
 * @param database the identity of the database, or null if the run never reached it
 * @param serverVersion the version that the server reports, such as {@code 17.2}, or null
 * @param failure the failed statement, or null
 * @param schema the schema after the run, or null if the run did not read it
 * @param proof the result of comparing the schema, or null without a comparison
 * @param plan what the sync does; set by a successful plan run
 * @param checksumsUpdated the scripts whose new checksums the history has taken over in this run,
 *     possibly truncated; null if there is none
 * @param locks what the rehearsal showed about locks and rewrites; null if it showed nothing, or if
 *     nothing was rehearsed
 * @param adopted the kinds and names of objects that existed before this run, created by hand, and
 *     that its migrations create too; possibly truncated; null if there is none
 * @param rowWarnings what rows of the database may make the pending migrations fail, one sentence
 *     for each constraint, possibly truncated; null if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RecordBuilder
public record Report(
    Step step,
    Outcome outcome,
    String message,
    String version,
    Baseline baseline,
    int migrationsApplied,
    String migrationsDigest,
    DatabaseIdentity database,
    String serverVersion,
    Failure failure,
    Schema schema,
    Proof proof,
    Plan plan,
    List<String> checksumsUpdated,
    TableLocks locks,
    List<String> adopted,
    List<String> rowWarnings)
    implements ReportBuilder.With {

  /** How the starting version of the database was determined. */
  public enum BaselineSource {
    /** The database was empty. */
    EMPTY,
    /** Its version is proven, whether the spec or the history claims it. */
    PROVEN,
    /** Its schema differs from its version only by the accepted difference. */
    ACCEPTED
  }

  /**
   * The starting version of a database.
   *
   * @param source how the version was determined
   * @param version the version; null for an empty database
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Baseline(BaselineSource source, String version) {}

  /**
   * The statement at which a migration failed.
   *
   * @param file the file name of the script
   * @param line the line at which the statement begins, counted from 1
   * @param statement the statement, possibly truncated
   * @param sqlState the SQLSTATE of the error, or null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @RecordBuilder
  public record Failure(String file, int line, String statement, String sqlState)
      implements FailureBuilder.With {}
}
