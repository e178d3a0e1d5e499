package dev.schemaversion.runner.postgres.impact;

import static dev.schemaversion.runner.postgres.impact.ImpactCase.impactOf;

import java.util.stream.Stream;

/** Scripts with statements of all kinds. */
final class ImpactCases {
  private ImpactCases() {}

  /** In a transaction. */
  static Stream<ImpactCase> all() {
    return Stream.of(LinterCases.all(), more(), safe()).flatMap(cases -> cases);
  }

  /** Outside of a transaction. */
  static Stream<ImpactCase> alone() {
    return Stream.of(
        impactOf("an index built concurrently", "CREATE INDEX CONCURRENTLY i1 ON images (name)"),
        impactOf(
            "an index outside of a transaction",
            "CREATE INDEX i2 ON images (name)",
            "INDEX images SHARE"),
        impactOf(
            "a table of another schema with the same name",
            "CREATE SCHEMA two; CREATE TABLE two.images (id int); CREATE INDEX i3 ON two.images (id)"),
        impactOf(
            "a type changed outside of a transaction",
            "ALTER TABLE images ALTER price TYPE bigint",
            "REWRITE images ACCESS EXCLUSIVE"),
        impactOf(
            "a foreign key outside of a transaction",
            "ALTER TABLE images ADD CONSTRAINT fk FOREIGN KEY (owner) REFERENCES owners",
            "CONSTRAINT_SCAN images SHARE ROW EXCLUSIVE"),
        impactOf("a table vacuumed", "VACUUM images"),
        impactOf(
            "a table vacuumed in full", "VACUUM FULL images", "REWRITE images ACCESS EXCLUSIVE"),
        impactOf("an index rebuilt concurrently", "REINDEX TABLE CONCURRENTLY images"));
  }

  private static Stream<ImpactCase> more() {
    return Stream.of(
        impactOf(
            "a constraint validated by the script that adds it",
            "ALTER TABLE images ADD CONSTRAINT c CHECK (price > 0) NOT VALID;"
                + " ALTER TABLE images VALIDATE CONSTRAINT c",
            "SHORT_LOCK images ACCESS EXCLUSIVE",
            "CONSTRAINT_SCAN images ACCESS EXCLUSIVE"),
        impactOf(
            "a foreign key whose referencing column has an index",
            "CREATE INDEX i ON images (owner); ALTER TABLE images ADD FOREIGN KEY (owner) REFERENCES"
                + " owners",
            "INDEX images SHARE",
            "CONSTRAINT_SCAN images SHARE ROW EXCLUSIVE",
            "SHORT_LOCK owners SHARE ROW EXCLUSIVE"),
        impactOf(
            "a script with the level of messages of a dump",
            "SET client_min_messages = warning; ALTER TABLE images ALTER price TYPE bigint",
            "REWRITE images ACCESS EXCLUSIVE"),
        impactOf(
            "messages silenced between statements",
            "ALTER TABLE images ADD c int; SET client_min_messages = error;"
                + " UPDATE owners SET name = ''; ALTER TABLE owners ALTER name SET NOT NULL",
            "SHORT_LOCK images ACCESS EXCLUSIVE",
            "LOCK_HELD images ACCESS EXCLUSIVE",
            "NOT_NULL_SCAN owners ACCESS EXCLUSIVE"),
        impactOf(
            "what a function does",
            "DO $$ BEGIN EXECUTE 'ALTER TABLE images ALTER price TYPE bigint'; END $$",
            "REWRITE images ACCESS EXCLUSIVE"),
        impactOf(
            "a table in the order of an index",
            "CLUSTER images USING images_owner",
            "REWRITE images ACCESS EXCLUSIVE"),
        impactOf(
            "a materialized view filled again",
            "REFRESH MATERIALIZED VIEW sums",
            "REWRITE sums ACCESS EXCLUSIVE"),
        impactOf(
            "a table that is no longer logged",
            "ALTER TABLE keyless SET UNLOGGED",
            "REWRITE keyless ACCESS EXCLUSIVE"),
        impactOf(
            "a column of a partitioned table, which is told of each partition",
            "ALTER TABLE events ALTER amount TYPE bigint",
            "REWRITE events_1 ACCESS EXCLUSIVE",
            "REWRITE events_2 ACCESS EXCLUSIVE",
            "SHORT_LOCK events ACCESS EXCLUSIVE"),
        impactOf(
            "a table that becomes a partition",
            "ALTER TABLE events ATTACH PARTITION loose FOR VALUES IN (3)",
            "PARTITION_SCAN loose ACCESS EXCLUSIVE"),
        impactOf(
            "locks on two tables",
            "ALTER TABLE owners ADD a int; ALTER TABLE images ADD b int",
            "SHORT_LOCK owners ACCESS EXCLUSIVE",
            "SHORT_LOCK images ACCESS EXCLUSIVE",
            "LOCKS_TOGETHER owners ACCESS EXCLUSIVE"),
        impactOf(
            "a new table that refers to one",
            "CREATE TABLE new (image int REFERENCES images)",
            "SHORT_LOCK images SHARE ROW EXCLUSIVE"),
        impactOf(
            "a new trigger",
            "CREATE TRIGGER t BEFORE UPDATE ON images FOR EACH ROW EXECUTE FUNCTION nothing()",
            "SHORT_LOCK images SHARE ROW EXCLUSIVE"));
  }

  /** Nothing is said of them but the short lock, where there is one. */
  private static Stream<ImpactCase> safe() {
    var lock = "SHORT_LOCK images ACCESS EXCLUSIVE";
    return Stream.of(
        impactOf("a column", "ALTER TABLE images ADD c int", lock),
        impactOf(
            "a column with a constant default",
            "ALTER TABLE images ADD c int NOT NULL DEFAULT 7",
            lock),
        impactOf(
            "a column with the time of the migration",
            "ALTER TABLE images ADD c timestamptz NOT NULL DEFAULT now()",
            lock),
        impactOf(
            "a column that refers to a table",
            "ALTER TABLE images ADD c int REFERENCES owners",
            lock,
            "SHORT_LOCK owners SHARE ROW EXCLUSIVE"),
        impactOf(
            "a constraint that is not valid yet",
            "ALTER TABLE images ADD CONSTRAINT c CHECK (price > 0) NOT VALID",
            lock),
        impactOf(
            "a constraint that is validated",
            "ALTER TABLE images VALIDATE CONSTRAINT later",
            "CONSTRAINT_SCAN images SHARE UPDATE EXCLUSIVE"),
        impactOf(
            "NOT NULL where a valid constraint says so already",
            "ALTER TABLE images ALTER checked SET NOT NULL",
            lock),
        impactOf("a wider varchar", "ALTER TABLE images ALTER code TYPE varchar(20)", lock),
        impactOf("a varchar that becomes text", "ALTER TABLE images ALTER code TYPE text", lock),
        impactOf(
            "a unique constraint from an index",
            "ALTER TABLE owners ADD CONSTRAINT u UNIQUE USING INDEX owners_name",
            "SHORT_LOCK owners ACCESS EXCLUSIVE"),
        impactOf("a default", "ALTER TABLE images ALTER price SET DEFAULT 1", lock),
        impactOf("a dropped column", "ALTER TABLE images DROP code", lock),
        impactOf(
            "a table made by the same script",
            "CREATE TABLE t (id int, v json); CREATE INDEX ON t (id);"
                + " ALTER TABLE t ALTER id TYPE bigint; ALTER TABLE t ADD UNIQUE (id)"),
        impactOf(
            "a temporary table with the name of another",
            "CREATE TEMP TABLE keyless (id int); CREATE INDEX ON keyless (id)"),
        impactOf("a comment", "COMMENT ON TABLE images IS 'x'"),
        impactOf("statistics", "ANALYZE images"),
        impactOf("a view", "CREATE VIEW v AS SELECT * FROM images"),
        impactOf("rows", "INSERT INTO owners VALUES (1, 'a'); UPDATE images SET name = ''"),
        impactOf(
            "a row after a column",
            "ALTER TABLE images ADD c int; INSERT INTO owners VALUES (1, 'a')",
            lock),
        impactOf(
            "the isolation level after a lock",
            "LOCK TABLE images IN SHARE MODE; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"));
  }
}
