package dev.schemaversion.testing;

import java.nio.file.Path;

/** Programs of PostgreSQL 18, which the binaries for servers lack. */
public final class Postgres18 {
  private static final String PG_DUMP = "postgres-18.6.3/embedded_postgres/pginstall/bin/pg_dump";

  private Postgres18() {}

  /** The folder with its {@code pg_dump}. */
  public static Path programs() {
    return Kept.program(PG_DUMP, "e2e/postgres-18").getParent();
  }
}
