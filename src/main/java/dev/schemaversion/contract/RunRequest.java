package dev.schemaversion.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

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
    Rehearsal rehearsal,
    Command command,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean afterLost) {

  /** {@code limits} with its default. */
  public Limits limitsOrDefault() {
    return limits == null ? Limits.DEFAULT : limits;
  }

  /** {@code rehearsal} with its default. */
  public Rehearsal rehearsalOrDefault() {
    return rehearsal == null ? Rehearsal.DEFAULT : rehearsal;
  }

  /**
   * The address of the database. The runner reads a field that is null here from the Secret's
   * files.
   *
   * @param engine the engine, as in the API
   * @param host the host name or IP address, or null
   * @param port the TCP port, or null
   * @param name the name of the database, or null
   * @param schemas the schemas the migrations own; the first is the default and holds the history
   * @param role the role to assume after login ({@code SET ROLE}), or null
   * @param tlsMode how the connection is encrypted and the server verified
   * @param parameters further connection parameters by {@link Parameter#label()}, or null
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

  /** How the connection is encrypted and the server verified, as with libpq's sslmode. */
  public enum TlsMode {
    /** No encryption. */
    Disable,
    /** Encryption if the server supports it, which is libpq's default. */
    Prefer,
    /** Encryption; the certificate is not verified. */
    Require,
    /** Encryption; the given authority must have signed the certificate. */
    VerifyCA,
    /** As {@link #VerifyCA}, and the certificate must match the host. */
    VerifyFull
  }

  /**
   * An image with migrations.
   *
   * @param reference the reference of the image, for messages
   * @param path the absolute path of the folder inside the image
   */
  public record Image(String reference, String path) {}

  /**
   * The user's migration tool. The texts may have the variables that {@code
   * spec.migrations.command} documents.
   *
   * @param image the reference of its image, for messages; another one is another tool
   * @param versions the versions in order
   * @param migrate the program and arguments that migrate to {@code $(VERSION)}
   * @param stamp the program and arguments that only record {@code $(VERSION)}, or null
   * @param historyTables the tool's tables, by name or {@code schema.name}
   * @param ignoredColumns the columns of these tables that do not count, as {@code table.column};
   *     null for none
   * @param files the texts of files by name
   * @param env the environment variables
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Command(
      String image,
      List<String> versions,
      List<String> migrate,
      List<String> stamp,
      List<String> historyTables,
      List<String> ignoredColumns,
      Map<String, String> files,
      Map<String, String> env) {
    /** {@code ignoredColumns}; empty by default. */
    public List<String> ignoredColumnsOrDefault() {
      return ignoredColumns == null ? List.of() : ignoredColumns;
    }
  }

  /**
   * The limits of a run; timeouts in seconds.
   *
   * @param run the timeout after which the run starts no other migration; null for none
   * @param lockWait the timeout of a statement for a lock of another session
   * @param statement the timeout of a migration's statement on the real database; null for none
   * @param rewrite the size in bytes of the largest table that a migration may rewrite, or read
   *     while nothing else can; null for any
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Limits(Integer run, int lockWait, Integer statement, Long rewrite) {
    /** Limits of time only. */
    public Limits(Integer run, int lockWait, Integer statement) {
      this(run, lockWait, statement, null);
    }

    /** The default: a timeout for lock waits only. */
    public static final Limits DEFAULT = new Limits(null, 5, null);
  }

  /**
   * How the pending migrations are rehearsed.
   *
   * @param mode what the clone contains
   * @param tables the tables whose rows are copied, by name or {@code schema.name}; empty for all
   * @param maxSize how many bytes the copied tables may have together, with their indexes
   */
  public record Rehearsal(RehearsalMode mode, List<String> tables, long maxSize) {
    /** The default: a clone without rows. */
    public static final Rehearsal DEFAULT = new Rehearsal(RehearsalMode.SCHEMA, List.of(), 0);
  }

  /** What a clone for the rehearsal contains. */
  public enum RehearsalMode {
    /** The schema, and the rows of the history table. */
    SCHEMA,
    /** Rows of other tables too. */
    ROWS,
    /** There is no clone, and no rehearsal on it. */
    OFF
  }

  /**
   * How Flyway reads the migrations, with the meanings of Flyway's own configuration.
   *
   * @param table the name of the history table
   * @param placeholders the values of the placeholders in the scripts
   * @param outOfOrder whether a migration below the current version may run
   * @param sqlMigrationPrefix the prefix of versioned file names
   * @param sqlMigrationSuffixes the suffixes of file names
   * @param options further options, or null if the spec sets none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Flyway(
      String table,
      Map<String, String> placeholders,
      boolean outOfOrder,
      String sqlMigrationPrefix,
      List<String> sqlMigrationSuffixes,
      FlywayOptions options) {

    /** {@code options}, all of them with Flyway's defaults if the spec sets none. */
    public FlywayOptions optionsOrDefault() {
      return options == null ? FlywayOptions.DEFAULT : options;
    }
  }

  /**
   * The rules for comparing schemas, and the last proven schema.
   *
   * @param ignore the patterns of ignored objects, as in {@code proof.ignore}
   * @param acceptDifference {@link Proof#digest()} of the difference that the user accepts, or null
   * @param accepted {@link Proof#accepted()} of the recorded acceptance; empty without one
   * @param known the last proven schema, or null
   * @param grants whether grants and owners count, or null for the default
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Proofs(
      List<String> ignore,
      String acceptDifference,
      List<String> accepted,
      Known known,
      Grants grants) {
    /** Nothing is ignored, accepted or known. */
    public static final Proofs STRICT = new Proofs(List.of(), null, List.of(), null);

    /** The rules with grants and owners as by default. */
    public Proofs(
        List<String> ignore, String acceptDifference, List<String> accepted, Known known) {
      this(ignore, acceptDifference, accepted, known, null);
    }

    /** {@code grants} with its default. */
    public Grants grantsOrDefault() {
      return grants == null ? Grants.Enforce : grants;
    }
  }

  /** What a difference in grants and owners is. */
  public enum Grants {
    /** A difference that counts. */
    Enforce,
    /** A line in the log. */
    Note
  }

  /**
   * A proven schema.
   *
   * @param version its version; null for an empty database
   * @param schema its digests
   * @param basis {@link Proof#basis()} of the proof; null for one that recorded none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Known(String version, Schema schema, Basis basis) {
    /** {@code basis} with its default. */
    public Basis basisOrUnknown() {
      return basis == null ? Basis.UNKNOWN : basis;
    }
  }

  /**
   * The scratch server. In a pod it requires no password and listens only inside the pod.
   *
   * @param host its address, {@code 127.0.0.1} in a pod
   * @param port its TCP port
   * @param extensions the extensions that a migrating user may create there, if it is superuser on
   *     the real server; null for none
   * @param superuser whether such a user is superuser there too; null for false
   * @param password the password of every user there; null in a pod. Only a run outside of a
   *     cluster has one, and its request is not written anywhere
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Scratch(
      String host, int port, List<String> extensions, Boolean superuser, String password) {
    /** A server on which the migrating user is never superuser. */
    public Scratch(String host, int port) {
      this(host, port, null, null);
    }

    /** A server without passwords. */
    public Scratch(String host, int port, List<String> extensions, Boolean superuser) {
      this(host, port, extensions, superuser, null);
    }

    /** {@code password}; empty without one. */
    public String passwordOrEmpty() {
      return password == null ? "" : password;
    }

    /** Without the password. */
    @Override
    public String toString() {
      return host + ":" + port;
    }

    /** {@code extensions} with its default. */
    public List<String> extensionsOrDefault() {
      return extensions == null ? List.of() : extensions;
    }

    /** {@code superuser} with its default. */
    public boolean permitsSuperuser() {
      return Boolean.TRUE.equals(superuser);
    }
  }
}
