package dev.schemaversion.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * All a runner is told, as JSON in the environment variable {@link Mounts#REQUEST}. It holds no
 * secret: those are files.
 *
 * @param step what to do
 * @param resource {@code namespace/name} of the SchemaVersion
 * @param job the Job's name; the database session carries it as {@code application_name}
 * @param version the version the database must be at
 * @param baselineVersion what a database with tables and no history is claimed to be, or null
 * @param database where the database is
 * @param flyway how the migrations are read
 * @param migrationSources number of mounted migration folders, see {@link Mounts#migrations}
 * @param migrationsDigest the {@link MigrationsDigest} the Job was made for; null for an image that
 *     nobody has read yet
 * @param expectedDatabase the database whose evidence is recorded, or null if there is none yet
 * @param proof what counts as proof, and what has been proven before
 * @param scratch the scratch server beside the runner, or null where the step has none
 * @param approvedPlan {@link Plan#digest()} of the plan that may be carried out; null where no
 *     approval is asked for
 * @param image the image with the migrations, see {@link Mounts#IMAGE}; null where they come from
 *     folders
 * @param limits how long what may take, or null for the usual
 * @param afterLost whether the last sync of this database ended without a report, or lost its
 *     connection in the middle, and nothing has been proven since: what is there has to be proven
 *     before anything runs on it. Left out where it is not so
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunRequest(
    Step step,
    String resource,
    String job,
    String version,
    String baselineVersion,
    Database database,
    Flyway flyway,
    int migrationSources,
    String migrationsDigest,
    DatabaseIdentity expectedDatabase,
    Proofs proof,
    Scratch scratch,
    String approvedPlan,
    Image image,
    Limits limits,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean afterLost) {

  /** {@code limits} with their default. */
  public Limits limitsOrDefault() {
    return limits == null ? Limits.DEFAULT : limits;
  }

  /**
   * Where the database is. What is null here is read from the Secret's files.
   *
   * @param engine as the API calls it
   * @param host host name or address, or null
   * @param port TCP port, or null
   * @param name the database's name, or null
   * @param schemas the schemas the migrations own; the first is the default and holds the history
   * @param role the role to take on after login ({@code SET ROLE}), or null
   * @param tlsMode how the connection is secured
   * @param parameters further ones of the connection, by {@link Parameter#label()}, or null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Database(
      String engine,
      String host,
      Integer port,
      String name,
      List<String> schemas,
      String role,
      TlsMode tlsMode,
      Map<String, String> parameters) {}

  /** How far the server must prove who it is; the meanings are those of libpq's sslmode. */
  public enum TlsMode {
    /** Plain text. */
    Disable,
    /** Encrypted where the server can, as libpq does by default. */
    Prefer,
    /** Encrypted; the certificate is not checked. */
    Require,
    /** Encrypted; the certificate must come from the given authority. */
    VerifyCA,
    /** Encrypted; the certificate must also name the host. */
    VerifyFull
  }

  /**
   * An image with migrations.
   *
   * @param reference its name, for messages
   * @param path the folder in it, absolute
   */
  public record Image(String reference, String path) {}

  /**
   * How long what may take, in seconds.
   *
   * @param run after which nothing new is begun; null for any time
   * @param lockWait how long a statement waits for a lock of another session
   * @param statement how long a statement of a migration may take on the real database; null for
   *     any time
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Limits(Integer run, int lockWait, Integer statement) {
    /** Runs and statements take the time they take; nobody waits long for a lock. */
    public static final Limits DEFAULT = new Limits(null, 5, null);
  }

  /**
   * How Flyway reads the migrations; the meanings are Flyway's own.
   *
   * @param table the history table
   * @param placeholders replaced in the scripts
   * @param outOfOrder whether a version below the present one may still run
   * @param sqlMigrationPrefix what a versioned file begins with
   * @param sqlMigrationSuffixes what a file ends with
   */
  public record Flyway(
      String table,
      Map<String, String> placeholders,
      boolean outOfOrder,
      String sqlMigrationPrefix,
      List<String> sqlMigrationSuffixes) {}

  /**
   * What counts as proof, and what has been proven before.
   *
   * @param ignore patterns of objects that do not count, as {@code proof.ignore} has them
   * @param acceptDifference {@link Proof#digest()} of the difference the user accepts, or null
   * @param accepted {@link Proof#accepted()} of the acceptance that is recorded; empty without one
   * @param known the schema as it was last proven, or null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Proofs(
      List<String> ignore, String acceptDifference, List<String> accepted, Known known) {
    /** Everything counts, nothing is accepted and nothing known. */
    public static final Proofs STRICT = new Proofs(List.of(), null, List.of(), null);
  }

  /**
   * A schema that was proven.
   *
   * @param version the version it was proven to be; null for an empty database
   * @param schema its fingerprints
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Known(String version, Schema schema) {}

  /**
   * The scratch server, which lets everybody in as {@code postgres}, and nobody from elsewhere.
   *
   * @param host where it listens, {@code 127.0.0.1} in a pod
   * @param port its TCP port
   */
  public record Scratch(String host, int port) {}
}
