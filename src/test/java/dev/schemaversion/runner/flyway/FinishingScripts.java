package dev.schemaversion.runner.flyway;

import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Migrations with scripts that run when the versioned ones are done. */
final class FinishingScripts {
  /** The beginning of a repeatable migration that creates the view {@code big}. */
  static final String VIEW = "CREATE OR REPLACE VIEW big AS SELECT id FROM images";

  private FinishingScripts() {}

  /** A fresh database of each engine. */
  static Stream<Arguments> engines() {
    return Stream.of(
        Arguments.argumentSet("PostgreSQL", (Supplier<TestDatabase>) Postgres::fresh),
        Arguments.argumentSet("MariaDB", (Supplier<TestDatabase>) MariaDb::fresh));
  }

  /** A table, and a view that a repeatable migration creates. */
  static Job withRepeatable(Path root, TestDatabase database) {
    return new Job(root, database)
        .file("V1__images.sql", "CREATE TABLE images (id int PRIMARY KEY, size int);")
        .file("R__big.sql", VIEW + " WHERE size > 100;");
  }

  /** A table, and a view that callbacks drop and create in each migrate. */
  static Job withCallbacks(Path root, TestDatabase database) {
    return new Job(root, database)
        .file("V1__images.sql", "CREATE TABLE images (id int PRIMARY KEY, size int);")
        .file("beforeMigrate.sql", "DROP VIEW IF EXISTS big;")
        .file("afterMigrate.sql", "CREATE VIEW big AS SELECT size FROM images;");
  }
}
