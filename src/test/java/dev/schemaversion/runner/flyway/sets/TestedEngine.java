package dev.schemaversion.runner.flyway.sets;

import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;

/** The engines on which random sets run. */
enum TestedEngine {
  /** Version 15, or 18 with the system property {@code postgres} of 18. */
  POSTGRESQL,
  MARIADB;

  private static final boolean NEWEST = Integer.getInteger("postgres", 15) == 18;

  TestDatabase fresh() {
    return switch (this) {
      case POSTGRESQL -> NEWEST ? Postgres.fresh18() : Postgres.fresh();
      case MARIADB -> MariaDb.fresh();
    };
  }

  Job job(Path root, TestDatabase database) {
    var job = new Job(root, database);
    if (this == POSTGRESQL && NEWEST) {
      job.scratch = Postgres.scratch18();
    }
    return job;
  }

  /** PostgreSQL's fixture drops its own. */
  void drop(TestDatabase database) {
    if (this == MARIADB) {
      database.admin("DROP DATABASE " + database.name());
    }
  }

  /** The name of the schema with the tables. */
  String schema(TestDatabase database) {
    return this == POSTGRESQL ? "public" : database.name();
  }
}
