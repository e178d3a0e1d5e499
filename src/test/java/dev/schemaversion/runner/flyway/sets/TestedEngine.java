package dev.schemaversion.runner.flyway.sets;

import dev.schemaversion.runner.Job;
import dev.schemaversion.runner.flyway.sets.statements.MariaDbStatements;
import dev.schemaversion.runner.flyway.sets.statements.Placeholders;
import dev.schemaversion.runner.flyway.sets.statements.PostgresStatements;
import dev.schemaversion.runner.flyway.sets.statements.Statements;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Random;

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

  /** Statements about tables whose names begin with the prefix. */
  Statements statements(Random random, Placeholders placeholders, String prefix) {
    return switch (this) {
      case POSTGRESQL -> new PostgresStatements(random, placeholders, prefix);
      case MARIADB -> new MariaDbStatements(random, placeholders, prefix);
    };
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
