package dev.schemaversion.runner.step;

import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;

/** The engines on which a test of a Job runs. */
enum OnEngine {
  POSTGRESQL,
  MARIADB;

  /** Returns a new empty database. */
  TestDatabase fresh() {
    return this == POSTGRESQL ? Postgres.fresh() : MariaDb.fresh();
  }
}
