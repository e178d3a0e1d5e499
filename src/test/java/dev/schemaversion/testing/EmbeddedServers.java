package dev.schemaversion.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** How test servers of PostgreSQL are started: without care for their data, which nobody needs. */
public final class EmbeddedServers {
  /**
   * The class path cannot contain two versions of one artifact, so the build copies this one here.
   */
  private static final Path BINARIES_15 = Path.of("target", "postgres-15", "binaries.jar");

  private EmbeddedServers() {}

  /** A server of PostgreSQL 15, the version of Debian 12's pg_dump. */
  public static EmbeddedPostgres.Builder postgres15() {
    return postgres18().setPgBinaryResolver(EmbeddedServers::binaries15);
  }

  private static InputStream binaries15(String system, String architecture) throws IOException {
    return URI.create("jar:" + BINARIES_15.toUri() + "!/postgres-linux-x86_64.txz")
        .toURL()
        .openStream();
  }

  /** A server of PostgreSQL 18, which is on the class path. */
  public static EmbeddedPostgres.Builder postgres18() {
    return EmbeddedPostgres.builder()
        .setPGStartupWait(Duration.ofMinutes(5))
        .setDataDirectory(ServerFolder.create())
        .setServerConfig("fsync", "off");
  }
}
