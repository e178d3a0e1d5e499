package dev.schemaversion.testing;

import java.nio.file.Path;

/** The client programs of PostgreSQL 18, which the embedded server binaries lack. */
public final class Postgres18 {
  private static final String PG_DUMP = "postgres-18.6.3/embedded_postgres/pginstall/bin/pg_dump";

  private Postgres18() {}

  /** The folder that contains {@code pg_dump}. */
  public static Path programs() {
    return InstalledPrograms.program(PG_DUMP, "e2e/postgres-18").getParent();
  }
}
