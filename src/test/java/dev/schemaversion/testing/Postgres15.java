package dev.schemaversion.testing;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.net.URI;
import java.nio.file.Path;

/** PostgreSQL 15, for whose servers Debian 12 has the pg_dump. */
public final class Postgres15 {
  /** Two versions of one artifact cannot be on the class path: the build puts this one here. */
  private static final Path BINARIES = Path.of("target", "postgres-15", "binaries.jar");

  private Postgres15() {}

  /** Where its programs are. */
  public static PgBinaryResolver binaries() {
    return (system, architecture) ->
        URI.create("jar:" + BINARIES.toUri() + "!/postgres-linux-x86_64.txz").toURL().openStream();
  }
}
