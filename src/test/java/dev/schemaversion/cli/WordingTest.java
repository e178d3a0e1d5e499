package dev.schemaversion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.cli.output.Wording;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages of the runner name options and say nothing about an operator. */
class WordingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          spec.baseline.version is 13, but 2 objects differ. | The claim is 13, but 2 objects differ.
          Set spec.baseline.version to it, or name it in spec.proof.ignore. | Set --claim (spec.baseline.version) to it, or name it in --ignore (spec.proof.ignore).
          Cannot connect to db:1. The operator retries; check that it runs. | Cannot connect to db:1. Check that it runs.
          Correct the files in spec.migrations and apply them. | Correct the files in --migrations.
          Set spec.migrations.flyway.checksums: Proven. | Set --flyway checksums: Proven.
          Correct the schema, and set the annotation schemaversion.dev/retry. | Correct the schema, and run the command again.
          Whether it does is not known, because this Job has no scratch server. | Whether it does is not known, because this run has no scratch server.
          The schema is busy. The operator retries; find out what changes the schema. | The schema is busy. Find out what changes the schema.
          The runner has pg_dump 15, which cannot dump a server of PostgreSQL 18. Use an operator image with it. | The pg_dump on the PATH is of PostgreSQL 15, and cannot dump a server of PostgreSQL 18. Install the client programs of PostgreSQL 18 or newer.
          Something differs from version 9. | Something differs from version 9.
          """)
  void aMessageIsInTheWordsOfTheCommandLine(String said, String instead) {
    assertThat(Wording.of(said)).isEqualTo(instead);
  }
}
