package dev.schemaversion.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Programs of PostgreSQL 18, which the binaries for servers lack. */
public final class Postgres18 {
  private static final String PROGRAMS = "postgres-18.6.3/embedded_postgres/pginstall/bin";

  private Postgres18() {}

  /** The folder with its {@code pg_dump}, where {@code e2e/postgres-18} has put it. */
  public static Path programs() {
    var cache =
        Objects.requireNonNullElse(
            System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home") + "/.cache");
    var programs = Path.of(cache, "schemaversion").resolve(PROGRAMS);
    if (!Files.isExecutable(programs.resolve("pg_dump"))) {
      throw new AssertionError(
          "These tests need pg_dump of PostgreSQL 18 in " + programs + ": run e2e/postgres-18");
    }
    return programs;
  }
}
