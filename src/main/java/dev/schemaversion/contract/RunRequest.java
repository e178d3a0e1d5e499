package dev.schemaversion.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.schemaversion.contract.request.FirstSync;
import dev.schemaversion.contract.request.FlywaySettings;
import dev.schemaversion.contract.request.MigrationsImage;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.contract.request.RequestedDatabase;
import dev.schemaversion.contract.request.RequestedRehearsal;
import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.contract.request.RunLimits;
import dev.schemaversion.contract.request.ToolCommand;

/**
 * The request for a run, as JSON in the environment variable {@link Mounts#REQUEST}. It contains no
 * credentials; these are mounted as files.
 *
 * @param step the step to run
 * @param resource {@code namespace/name} of the SchemaVersion
 * @param job the name of the Job, which is also the {@code application_name} of the database
 *     session
 * @param version the version that the database must have
 * @param baselineVersion the claimed version of a database with tables and no history, or null
 * @param database the address of the database
 * @param flyway how Flyway reads the migrations; the defaults for another tool
 * @param migrationSources the number of mounted folders with migrations, see {@link
 *     Mounts#migrations}
 * @param migrationsDigest the {@link MigrationsDigest} for which the Job was created; null for an
 *     image that no Job has read yet
 * @param expectedDatabase the database whose state is recorded, or null if there is none yet
 * @param proof the rules for the comparison, and the last proven schema
 * @param scratch the scratch server beside the runner, or null if the step has none
 * @param approvedPlan {@link Plan#digest()} of the approved plan; null if no approval is required
 * @param image the image with the migrations, see {@link Mounts#IMAGE}; null for migrations from
 *     ConfigMaps
 * @param limits the limits of the run, or null for the default
 * @param rehearsal how the pending migrations are rehearsed, or null for the default
 * @param command the user's migration tool, or null for Flyway
 * @param afterLost whether the result of an earlier sync is unknown, because it ended without a
 *     report or lost its connection, and nothing has been proven since. Then the run proves the
 *     schema before anything else. Omitted from the JSON if false
 * @param firstSync set for a sync if nothing is known of the database. The run then begins with a
 *     baseline; unless the database is empty, it also ends with it, and its report is that of a
 *     baseline. Null for any other run
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunRequest(
    Step step,
    String resource,
    String job,
    String version,
    String baselineVersion,
    RequestedDatabase database,
    FlywaySettings flyway,
    int migrationSources,
    String migrationsDigest,
    DatabaseIdentity expectedDatabase,
    ProofRules proof,
    RequestedScratch scratch,
    String approvedPlan,
    MigrationsImage image,
    RunLimits limits,
    RequestedRehearsal rehearsal,
    ToolCommand command,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean afterLost,
    FirstSync firstSync) {
  /** {@code limits} with its default. */
  public RunLimits limitsOrDefault() {
    return limits == null ? RunLimits.DEFAULT : limits;
  }

  /** {@code rehearsal} with its default. */
  public RequestedRehearsal rehearsalOrDefault() {
    return rehearsal == null ? RequestedRehearsal.DEFAULT : rehearsal;
  }
}
