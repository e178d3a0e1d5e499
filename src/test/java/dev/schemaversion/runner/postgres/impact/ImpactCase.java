package dev.schemaversion.runner.postgres.impact;

import java.util.List;
import java.util.stream.Stream;

/**
 * A script on the tables of {@link PostgreSqlWatchTest}, and what is said of it.
 *
 * @param name what the script does
 * @param script its statements
 * @param hints each hint with the table and the lock
 */
record ImpactCase(String name, List<String> script, List<String> hints) {
  private static ImpactCase of(String name, String script, String... hints) {
    return new ImpactCase(name, List.of(script.split(";(?!\\s*END)\\s*")), List.of(hints));
  }

  /** Outside of a transaction. */
  static Stream<ImpactCase> alone() {
    return Stream.of(
        of("an index built concurrently", "CREATE INDEX CONCURRENTLY i1 ON images (name)"),
        of(
            "an index outside of a transaction",
            "CREATE INDEX i2 ON images (name)",
            "INDEX images SHARE"),
        of(
            "a table of another schema with the same name",
            "CREATE SCHEMA two; CREATE TABLE two.images (id int); CREATE INDEX i3 ON two.images (id)"),
        of(
            "a type changed outside of a transaction",
            "ALTER TABLE images ALTER price TYPE bigint",
            "REWRITE images ACCESS EXCLUSIVE"),
        of(
            "a foreign key outside of a transaction",
            "ALTER TABLE images ADD CONSTRAINT fk FOREIGN KEY (owner) REFERENCES owners",
            "CONSTRAINT_SCAN images SHARE ROW EXCLUSIVE"),
        of("a table vacuumed", "VACUUM images"),
        of("a table vacuumed in full", "VACUUM FULL images", "REWRITE images ACCESS EXCLUSIVE"),
        of("an index rebuilt concurrently", "REINDEX TABLE CONCURRENTLY images"));
  }

  static Stream<ImpactCase> all() {
    return Stream.of(eugene(), squawk(), more(), safe()).flatMap(cases -> cases);
  }

  /** The hints of eugene trace, in its order. */
  private static Stream<ImpactCase> eugene() {
    return Stream.of(
        of(
            "E1 a check constraint",
            "ALTER TABLE images ADD CONSTRAINT c CHECK (price > 0)",
            "CONSTRAINT_SCAN images ACCESS EXCLUSIVE"),
        of(
            "E1 a foreign key",
            "ALTER TABLE images ADD CONSTRAINT fk FOREIGN KEY (owner) REFERENCES owners",
            "CONSTRAINT_SCAN images SHARE ROW EXCLUSIVE",
            "SHORT_LOCK owners SHARE ROW EXCLUSIVE"),
        of(
            "E2 a column that becomes NOT NULL",
            "ALTER TABLE images ALTER name SET NOT NULL",
            "NOT_NULL_SCAN images ACCESS EXCLUSIVE"),
        of(
            "E4 a statement under the lock of an earlier one",
            "ALTER TABLE images ADD email text; SELECT count(*) FROM images",
            "SHORT_LOCK images ACCESS EXCLUSIVE",
            "LOCK_HELD images ACCESS EXCLUSIVE"),
        of(
            "E4 a backfill under the lock of an earlier one",
            "ALTER TABLE images ADD email text; UPDATE owners SET name = ''",
            "SHORT_LOCK images ACCESS EXCLUSIVE",
            "LOCK_HELD images ACCESS EXCLUSIVE"),
        of(
            "E5 a type that is stored in another form",
            "ALTER TABLE images ALTER price TYPE bigint",
            "REWRITE images ACCESS EXCLUSIVE"),
        of("E6 an index", "CREATE INDEX i ON images (name)", "INDEX images SHARE"),
        of(
            "E7 a unique constraint",
            "ALTER TABLE images ADD CONSTRAINT u UNIQUE (name)",
            "KEY_INDEX images ACCESS EXCLUSIVE"),
        of(
            "E8 an exclusion constraint",
            "ALTER TABLE images ADD CONSTRAINT e EXCLUDE (name WITH =)",
            "EXCLUSION_INDEX images ACCESS EXCLUSIVE"),
        of(
            "E9 a lock without a timeout",
            "SET LOCAL lock_timeout = 0; ALTER TABLE images ADD email text",
            "SHORT_LOCK images ACCESS EXCLUSIVE",
            "NO_LOCK_TIMEOUT images ACCESS EXCLUSIVE"),
        of(
            "E10 a table rewritten under a lock",
            "ALTER TABLE owners ADD meta jsonb; ALTER TABLE images ALTER price TYPE bigint",
            "SHORT_LOCK owners ACCESS EXCLUSIVE",
            "REWRITE images ACCESS EXCLUSIVE",
            "LOCK_HELD owners ACCESS EXCLUSIVE"),
        of(
            "E11 a serial column",
            "ALTER TABLE images ADD number serial",
            "REWRITE images ACCESS EXCLUSIVE"),
        of(
            "E11 a generated column that is stored",
            "ALTER TABLE images ADD twice int GENERATED ALWAYS AS (price * 2) STORED",
            "REWRITE images ACCESS EXCLUSIVE"),
        of(
            "W12 two statements that one could do",
            "ALTER TABLE images ALTER name SET NOT NULL; ALTER TABLE images ALTER price SET NOT NULL",
            "NOT_NULL_SCAN images ACCESS EXCLUSIVE",
            "NOT_NULL_SCAN images ACCESS EXCLUSIVE",
            "REPEATED images ACCESS EXCLUSIVE"),
        of(
            "W14 a primary key from an index over a column with NULLs",
            "CREATE UNIQUE INDEX i ON keyless (id); ALTER TABLE keyless ADD PRIMARY KEY USING INDEX i",
            "INDEX keyless SHARE",
            "NOT_NULL_SCAN keyless ACCESS EXCLUSIVE"));
  }

  /** Rules of squawk that are about locks, as far as they are not among those above. */
  private static Stream<ImpactCase> squawk() {
    return Stream.of(
        of(
            "adding-field-with-default: a default that differs from row to row",
            "ALTER TABLE images ADD at timestamptz DEFAULT clock_timestamp()",
            "REWRITE images ACCESS EXCLUSIVE"),
        of(
            "adding-serial-primary-key-field",
            "ALTER TABLE keyless ADD number serial PRIMARY KEY",
            "REWRITE keyless ACCESS EXCLUSIVE"),
        of(
            "renaming-column",
            "ALTER TABLE images RENAME name TO title",
            "SHORT_LOCK images ACCESS EXCLUSIVE"),
        of(
            "renaming-table, which is called by its old name",
            "ALTER TABLE images RENAME TO pictures; CREATE INDEX i ON pictures (name)",
            "SHORT_LOCK images ACCESS EXCLUSIVE",
            "INDEX images ACCESS EXCLUSIVE"),
        of("ban-drop-table", "DROP TABLE keyless", "SHORT_LOCK keyless ACCESS EXCLUSIVE"),
        of(
            "require-concurrent-index-deletion",
            "DROP INDEX images_owner",
            "SHORT_LOCK images ACCESS EXCLUSIVE"),
        of("require-concurrent-reindex", "REINDEX TABLE images", "INDEX images SHARE"),
        of(
            "require-concurrent-partition-detach",
            "ALTER TABLE events DETACH PARTITION events_1",
            "SHORT_LOCK events ACCESS EXCLUSIVE",
            "SHORT_LOCK events_1 ACCESS EXCLUSIVE"),
        of("ban-truncate", "TRUNCATE keyless", "SHORT_LOCK keyless ACCESS EXCLUSIVE"),
        of(
            "adding-required-field: a volatile expression in a function's name only",
            "ALTER TABLE images ADD token uuid NOT NULL DEFAULT gen_random_uuid()",
            "REWRITE images ACCESS EXCLUSIVE"));
  }

  private static Stream<ImpactCase> more() {
    return Stream.of(
        of(
            "a constraint validated by the script that adds it",
            "ALTER TABLE images ADD CONSTRAINT c CHECK (price > 0) NOT VALID;"
                + " ALTER TABLE images VALIDATE CONSTRAINT c",
            "SHORT_LOCK images ACCESS EXCLUSIVE",
            "CONSTRAINT_SCAN images ACCESS EXCLUSIVE"),
        of(
            "a foreign key whose referencing column has an index",
            "CREATE INDEX i ON images (owner); ALTER TABLE images ADD FOREIGN KEY (owner) REFERENCES"
                + " owners",
            "INDEX images SHARE",
            "CONSTRAINT_SCAN images SHARE ROW EXCLUSIVE",
            "SHORT_LOCK owners SHARE ROW EXCLUSIVE"),
        of(
            "a script with the level of messages of a dump",
            "SET client_min_messages = warning; ALTER TABLE images ALTER price TYPE bigint",
            "REWRITE images ACCESS EXCLUSIVE"),
        of(
            "messages silenced between statements",
            "ALTER TABLE images ADD c int; SET client_min_messages = error;"
                + " UPDATE owners SET name = ''; ALTER TABLE owners ALTER name SET NOT NULL",
            "SHORT_LOCK images ACCESS EXCLUSIVE",
            "LOCK_HELD images ACCESS EXCLUSIVE",
            "NOT_NULL_SCAN owners ACCESS EXCLUSIVE"),
        of(
            "what a function does",
            "DO $$ BEGIN EXECUTE 'ALTER TABLE images ALTER price TYPE bigint'; END $$",
            "REWRITE images ACCESS EXCLUSIVE"),
        of(
            "a table in the order of an index",
            "CLUSTER images USING images_owner",
            "REWRITE images ACCESS EXCLUSIVE"),
        of(
            "a materialized view filled again",
            "REFRESH MATERIALIZED VIEW sums",
            "REWRITE sums ACCESS EXCLUSIVE"),
        of(
            "a table that is no longer logged",
            "ALTER TABLE keyless SET UNLOGGED",
            "REWRITE keyless ACCESS EXCLUSIVE"),
        of(
            "a column of a partitioned table, which is told of each partition",
            "ALTER TABLE events ALTER amount TYPE bigint",
            "REWRITE events_1 ACCESS EXCLUSIVE",
            "REWRITE events_2 ACCESS EXCLUSIVE",
            "SHORT_LOCK events ACCESS EXCLUSIVE"),
        of(
            "a table that becomes a partition",
            "ALTER TABLE events ATTACH PARTITION loose FOR VALUES IN (3)",
            "PARTITION_SCAN loose ACCESS EXCLUSIVE"),
        of(
            "locks on two tables",
            "ALTER TABLE owners ADD a int; ALTER TABLE images ADD b int",
            "SHORT_LOCK owners ACCESS EXCLUSIVE",
            "SHORT_LOCK images ACCESS EXCLUSIVE",
            "LOCKS_TOGETHER owners ACCESS EXCLUSIVE"),
        of(
            "a new table that refers to one",
            "CREATE TABLE new (image int REFERENCES images)",
            "SHORT_LOCK images SHARE ROW EXCLUSIVE"),
        of(
            "a new trigger",
            "CREATE TRIGGER t BEFORE UPDATE ON images FOR EACH ROW EXECUTE FUNCTION nothing()",
            "SHORT_LOCK images SHARE ROW EXCLUSIVE"));
  }

  /** Nothing is said of them but the short lock, where there is one. */
  private static Stream<ImpactCase> safe() {
    var lock = "SHORT_LOCK images ACCESS EXCLUSIVE";
    return Stream.of(
        of("a column", "ALTER TABLE images ADD c int", lock),
        of(
            "a column with a constant default",
            "ALTER TABLE images ADD c int NOT NULL DEFAULT 7",
            lock),
        of(
            "a column with the time of the migration",
            "ALTER TABLE images ADD c timestamptz NOT NULL DEFAULT now()",
            lock),
        of(
            "a column that refers to a table",
            "ALTER TABLE images ADD c int REFERENCES owners",
            lock,
            "SHORT_LOCK owners SHARE ROW EXCLUSIVE"),
        of(
            "a constraint that is not valid yet",
            "ALTER TABLE images ADD CONSTRAINT c CHECK (price > 0) NOT VALID",
            lock),
        of(
            "a constraint that is validated",
            "ALTER TABLE images VALIDATE CONSTRAINT later",
            "CONSTRAINT_SCAN images SHARE UPDATE EXCLUSIVE"),
        of(
            "NOT NULL where a valid constraint says so already",
            "ALTER TABLE images ALTER checked SET NOT NULL",
            lock),
        of("a wider varchar", "ALTER TABLE images ALTER code TYPE varchar(20)", lock),
        of("a varchar that becomes text", "ALTER TABLE images ALTER code TYPE text", lock),
        of(
            "a unique constraint from an index",
            "ALTER TABLE owners ADD CONSTRAINT u UNIQUE USING INDEX owners_name",
            "SHORT_LOCK owners ACCESS EXCLUSIVE"),
        of("a default", "ALTER TABLE images ALTER price SET DEFAULT 1", lock),
        of("a dropped column", "ALTER TABLE images DROP code", lock),
        of(
            "a table made by the same script",
            "CREATE TABLE t (id int, v json); CREATE INDEX ON t (id);"
                + " ALTER TABLE t ALTER id TYPE bigint; ALTER TABLE t ADD UNIQUE (id)"),
        of(
            "a temporary table with the name of another",
            "CREATE TEMP TABLE keyless (id int); CREATE INDEX ON keyless (id)"),
        of("a comment", "COMMENT ON TABLE images IS 'x'"),
        of("statistics", "ANALYZE images"),
        of("a view", "CREATE VIEW v AS SELECT * FROM images"),
        of("rows", "INSERT INTO owners VALUES (1, 'a'); UPDATE images SET name = ''"),
        of(
            "a row after a column",
            "ALTER TABLE images ADD c int; INSERT INTO owners VALUES (1, 'a')",
            lock),
        of(
            "the isolation level after a lock",
            "LOCK TABLE images IN SHARE MODE; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"));
  }

  @Override
  public String toString() {
    return name;
  }
}
