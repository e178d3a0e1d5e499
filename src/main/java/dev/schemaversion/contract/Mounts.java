package dev.schemaversion.contract;

/** The locations of a Job's inputs, report and progress in the runner's pod. */
public final class Mounts {
  /** The environment variable with the {@link RunRequest} as JSON. */
  public static final String REQUEST = "SCHEMAVERSION_REQUEST";

  /**
   * The folder with one file for each credential: {@code username}, {@code password}, {@code host},
   * {@code port} and {@code dbname}, independent of the names of the Secret's keys.
   */
  public static final String SECRET = "/run/schemaversion/secret";

  /** The certificate authority, if the resource has one. */
  public static final String CA = "/run/schemaversion/ca/ca.crt";

  /** The file of the report; the kubelet reads it as the container's termination message. */
  public static final String REPORT = "/dev/termination-log";

  /**
   * The port at which the runner serves its {@link Progress} while it runs: {@code GET
   * /progress?after=REVISION} is answered as soon as the revision is another one, and after {@link
   * #PROGRESS_PATIENCE_SECONDS} in any case.
   */
  public static final int PROGRESS_PORT = 8079;

  /** The longest time until the runner answers a request for its progress. */
  public static final int PROGRESS_PATIENCE_SECONDS = 20;

  /** The mount point of the image with the migrations. */
  public static final String IMAGE = "/run/schemaversion/image";

  /**
   * The folder, in memory, that the runner shares with the container of the user's migration tool.
   */
  public static final String TOOL = "/run/schemaversion/tool";

  /** The folder, in memory, with the files that the runner writes for the user's migration tool. */
  public static final String TOOL_FILES = "/schemaversion";

  private static final String MIGRATIONS = "/run/schemaversion/migrations/";

  private Mounts() {}

  /** Returns the folder of the migration source with an index, counted from 0. */
  public static String migrations(int index) {
    return MIGRATIONS + index;
  }
}
