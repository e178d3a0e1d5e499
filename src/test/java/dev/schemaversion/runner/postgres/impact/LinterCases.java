package dev.schemaversion.runner.postgres.impact;

import static dev.schemaversion.runner.postgres.impact.ImpactCase.impactOf;

import java.util.stream.Stream;

/** What other tools that look at migrations warn of. */
final class LinterCases {
  private LinterCases() {}

  static Stream<ImpactCase> all() {
    return Stream.concat(eugene(), squawk());
  }

  /** The hints of eugene trace, in its order. */
  private static Stream<ImpactCase> eugene() {
    return Stream.of(
        impactOf(
            "E1 a check constraint",
            "ALTER TABLE images ADD CONSTRAINT c CHECK (price > 0)",
            "CONSTRAINT_SCAN images ACCESS EXCLUSIVE"),
        impactOf(
            "E1 a foreign key",
            "ALTER TABLE images ADD CONSTRAINT fk FOREIGN KEY (owner) REFERENCES owners",
            "CONSTRAINT_SCAN images SHARE ROW EXCLUSIVE",
            "SHORT_LOCK owners SHARE ROW EXCLUSIVE"),
        impactOf(
            "E2 a column that becomes NOT NULL",
            "ALTER TABLE images ALTER name SET NOT NULL",
            "NOT_NULL_SCAN images ACCESS EXCLUSIVE"),
        impactOf(
            "E4 a statement under the lock of an earlier one",
            "ALTER TABLE images ADD email text; SELECT count(*) FROM images",
            "SHORT_LOCK images ACCESS EXCLUSIVE",
            "LOCK_HELD images ACCESS EXCLUSIVE"),
        impactOf(
            "E4 a backfill under the lock of an earlier one",
            "ALTER TABLE images ADD email text; UPDATE owners SET name = ''",
            "SHORT_LOCK images ACCESS EXCLUSIVE",
            "LOCK_HELD images ACCESS EXCLUSIVE"),
        impactOf(
            "E5 a type that is stored in another form",
            "ALTER TABLE images ALTER price TYPE bigint",
            "REWRITE images ACCESS EXCLUSIVE"),
        impactOf("E6 an index", "CREATE INDEX i ON images (name)", "INDEX images SHARE"),
        impactOf(
            "E7 a unique constraint",
            "ALTER TABLE images ADD CONSTRAINT u UNIQUE (name)",
            "KEY_INDEX images ACCESS EXCLUSIVE"),
        impactOf(
            "E8 an exclusion constraint",
            "ALTER TABLE images ADD CONSTRAINT e EXCLUDE (name WITH =)",
            "EXCLUSION_INDEX images ACCESS EXCLUSIVE"),
        impactOf(
            "E9 a lock without a timeout",
            "SET LOCAL lock_timeout = 0; ALTER TABLE images ADD email text",
            "SHORT_LOCK images ACCESS EXCLUSIVE",
            "NO_LOCK_TIMEOUT images ACCESS EXCLUSIVE"),
        impactOf(
            "E10 a table rewritten under a lock",
            "ALTER TABLE owners ADD meta jsonb; ALTER TABLE images ALTER price TYPE bigint",
            "SHORT_LOCK owners ACCESS EXCLUSIVE",
            "REWRITE images ACCESS EXCLUSIVE",
            "LOCK_HELD owners ACCESS EXCLUSIVE"),
        impactOf(
            "E11 a serial column",
            "ALTER TABLE images ADD number serial",
            "REWRITE images ACCESS EXCLUSIVE"),
        impactOf(
            "E11 a generated column that is stored",
            "ALTER TABLE images ADD twice int GENERATED ALWAYS AS (price * 2) STORED",
            "REWRITE images ACCESS EXCLUSIVE"),
        impactOf(
            "W12 two statements that one could do",
            "ALTER TABLE images ALTER name SET NOT NULL; ALTER TABLE images ALTER price SET NOT NULL",
            "NOT_NULL_SCAN images ACCESS EXCLUSIVE",
            "NOT_NULL_SCAN images ACCESS EXCLUSIVE",
            "REPEATED images ACCESS EXCLUSIVE"),
        impactOf(
            "W14 a primary key from an index over a column with NULLs",
            "CREATE UNIQUE INDEX i ON keyless (id); ALTER TABLE keyless ADD PRIMARY KEY USING INDEX i",
            "INDEX keyless SHARE",
            "NOT_NULL_SCAN keyless ACCESS EXCLUSIVE"));
  }

  /** Rules of squawk that are about locks, as far as they are not among those above. */
  private static Stream<ImpactCase> squawk() {
    return Stream.of(
        impactOf(
            "adding-field-with-default: a default that differs from row to row",
            "ALTER TABLE images ADD at timestamptz DEFAULT clock_timestamp()",
            "REWRITE images ACCESS EXCLUSIVE"),
        impactOf(
            "adding-serial-primary-key-field",
            "ALTER TABLE keyless ADD number serial PRIMARY KEY",
            "REWRITE keyless ACCESS EXCLUSIVE"),
        impactOf(
            "renaming-column",
            "ALTER TABLE images RENAME name TO title",
            "SHORT_LOCK images ACCESS EXCLUSIVE"),
        impactOf(
            "renaming-table, which is called by its old name",
            "ALTER TABLE images RENAME TO pictures; CREATE INDEX i ON pictures (name)",
            "SHORT_LOCK images ACCESS EXCLUSIVE",
            "INDEX images ACCESS EXCLUSIVE"),
        impactOf("ban-drop-table", "DROP TABLE keyless", "SHORT_LOCK keyless ACCESS EXCLUSIVE"),
        impactOf(
            "require-concurrent-index-deletion",
            "DROP INDEX images_owner",
            "SHORT_LOCK images ACCESS EXCLUSIVE"),
        impactOf("require-concurrent-reindex", "REINDEX TABLE images", "INDEX images SHARE"),
        impactOf(
            "require-concurrent-partition-detach",
            "ALTER TABLE events DETACH PARTITION events_1",
            "SHORT_LOCK events ACCESS EXCLUSIVE",
            "SHORT_LOCK events_1 ACCESS EXCLUSIVE"),
        impactOf("ban-truncate", "TRUNCATE keyless", "SHORT_LOCK keyless ACCESS EXCLUSIVE"),
        impactOf(
            "adding-required-field: a volatile expression in a function's name only",
            "ALTER TABLE images ADD token uuid NOT NULL DEFAULT gen_random_uuid()",
            "REWRITE images ACCESS EXCLUSIVE"));
  }
}
