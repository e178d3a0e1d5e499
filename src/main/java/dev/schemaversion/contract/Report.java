package dev.schemaversion.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * What a run found and did; the runner's last word, in the container's termination message.
 *
 * @param step what the run was for
 * @param outcome how it ended
 * @param message for a person: what happened, where, and what to do; no secret, no row content
 * @param version the database's version as its history says, or null if it has none
 * @param baseline set by a baseline run that succeeded
 * @param migrationsApplied how many migrations this run committed
 * @param migrationsDigest what was found mounted
 * @param database which database it was, or null if it was never reached
 * @param serverVersion what the server calls its version, such as {@code 17.2}, or null
 * @param failure the statement that failed, or null
 * @param schema the schema as the run left it, or null if it was not read
 * @param proof how it compares with what the migrations build, or null if that was not asked
 * @param plan what a sync would do; set by a plan run that succeeded
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
    Plan plan)
    implements ReportBuilder.With {

  /** How the database's first version came to be known. */
  public enum BaselineSource {
    /** The database was empty. */
    EMPTY,
    /** Its version is proven, whoever claims it. */
    PROVEN,
    /** It differs from its version by what the user has accepted. */
    ACCEPTED
  }

  /**
   * The starting point.
   *
   * @param source how it came to be known
   * @param version the version; null where the database was empty
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Baseline(BaselineSource source, String version) {}

  /**
   * Where a migration failed.
   *
   * @param file the script's file name
   * @param line the line in it where the statement begins, counted from 1
   * @param statement the statement, perhaps shortened
   * @param sqlState the five characters of SQL's error code, or null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @RecordBuilder
  public record Failure(String file, int line, String statement, String sqlState)
      implements FailureBuilder.With {}
}
