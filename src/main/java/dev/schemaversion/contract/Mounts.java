package dev.schemaversion.contract;

/** Where a Job's inputs are, inside the runner's container. */
public final class Mounts {
  /** Environment variable with the {@link RunRequest} as JSON. */
  public static final String REQUEST = "SCHEMAVERSION_REQUEST";

  /**
   * Folder with one file for each credential, named {@code username}, {@code password}, {@code
   * host}, {@code port} and {@code dbname}, whatever the Secret's keys are called.
   */
  public static final String SECRET = "/run/schemaversion/secret";

  /** The certificate authority, if the resource names one. */
  public static final String CA = "/run/schemaversion/ca/ca.crt";

  /** Where the report goes; the kubelet hands it on as the container's termination message. */
  public static final String REPORT = "/dev/termination-log";

  /** The whole of the image with the migrations, where they come from one. */
  public static final String IMAGE = "/run/schemaversion/image";

  private static final String MIGRATIONS = "/run/schemaversion/migrations/";

  private Mounts() {}

  /** The folder of the migration source with this index, counted from 0. */
  public static String migrations(int index) {
    return MIGRATIONS + index;
  }
}
