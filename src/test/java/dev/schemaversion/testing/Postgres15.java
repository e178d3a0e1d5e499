package dev.schemaversion.testing;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.net.URI;
import java.nio.file.Path;

/** The binaries of PostgreSQL 15, the version of Debian 12's pg_dump. */
public final class Postgres15 {
  /**
   * The class path cannot contain two versions of one artifact, so the build copies this one here.
   */
  private static final Path BINARIES = Path.of("target", "postgres-15", "binaries.jar");

  private Postgres15() {}

  /** Resolves the binaries of the server. */
  public static PgBinaryResolver binaries() {
    return (system, architecture) ->
        URI.create("jar:" + BINARIES.toUri() + "!/postgres-linux-x86_64.txz").toURL().openStream();
  }
}
