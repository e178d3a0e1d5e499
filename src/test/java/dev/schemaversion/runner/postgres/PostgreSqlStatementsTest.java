package dev.schemaversion.runner.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.engine.ImplicitCommit.Effect;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of a statement before it runs, by its text. */
class PostgreSqlStatementsTest {
  private final PostgreSqlStatements statements = new PostgreSqlStatements();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE TABLE t (a int)                              | SCHEMA
          -- a note\\n/* x */ create unlogged table t ()       | SCHEMA
          CREATE UNIQUE INDEX CONCURRENTLY i ON t USING btree (a) | SCHEMA
          CREATE OR REPLACE FUNCTION f() RETURNS int AS 'x'   | SCHEMA
          DROP INDEX CONCURRENTLY IF EXISTS i                 | SCHEMA
          ALTER TYPE e ADD VALUE 'x'                          | SCHEMA
          ALTER TABLE t ALTER a TYPE int USING a * 2          | OTHER
          ALTER SEQUENCE s RESTART WITH 1                     | OTHER
          INSERT INTO t VALUES (1)                            | ROWS
          TRUNCATE t                                          | ROWS
          COPY t FROM STDIN                                   | ROWS
          COPY t FROM '/file'                                 | OTHER
          VACUUM FULL t                                       | SESSION
          analyse t                                           | SESSION
          REINDEX TABLE CONCURRENTLY t                        | SESSION
          ALTER SYSTEM SET work_mem = '8MB'                   | SESSION
          SET search_path = public                            | SESSION
          SELECT pg_catalog.set_config('search_path', '', false) | SESSION
          COMMIT                                              | SESSION
          ROLLBACK TO s                                       | SESSION
          PREPARE TRANSACTION 'x'                             | OTHER
          COMMIT PREPARED 'x'                                 | OTHER
          SELECT f()                                          | OTHER
          CALL p()                                            | OTHER
          DO 'x'                                              | OTHER
          CREATE DATABASE d                                   | OTHER
          CREATE ROLE r                                       | OTHER
          WITH w AS (DELETE FROM t RETURNING a) SELECT 1      | OTHER
          """)
  void theEffectOfAStatementIsOtherWhenInDoubt(String sql, Effect effect) {
    assertThat(statements.effect(sql.replace("\\n", "\n"))).isEqualTo(effect);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEGIN",
        "begin transaction isolation level serializable",
        "START  TRANSACTION",
        "COMMIT AND CHAIN",
        "END",
        "ABORT",
        "ROLLBACK",
        "rollback work",
        "PREPARE TRANSACTION 'x'",
      })
  void aScriptThatEndsItsTransactionIsNotRolledBackAsAWhole(String sql) {
    assertThat(statements.reason(List.of("CREATE TABLE t (a int)", sql), true)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ROLLBACK TO SAVEPOINT s",
        "ROLLBACK WORK TO s",
        "SAVEPOINT s",
        "DO $$ BEGIN PERFORM 1; END $$",
        "SELECT 'COMMIT'",
        "PREPARE p AS SELECT 1",
      })
  void anyOtherScriptInATransactionIs(String sql) {
    assertThat(statements.reason(List.of(sql), true)).isEmpty();
    assertThat(statements.reason(List.of(sql), false)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                    | CREATE TABLE t (a int)         | false | true
          ''                    | CREATE INDEX CONCURRENTLY i ON t (a) | false | false
          ''                    | CALL p()                       | false | false
          VACUUM t              | CREATE TABLE t (a int)         | false | false
          DELETE FROM t         | CREATE TABLE t (a int)         | true  | true
          DELETE FROM t;COMMIT  | CREATE TABLE t (a int)         | true  | false
          """)
  void aFailedScriptHasLeftNothingIfTheServerHasRolledBackAllOfIt(
      String done, String failed, boolean inTransaction, boolean nothing) {
    var before = Arrays.stream(done.split(";", -1)).filter(sql -> !sql.isEmpty()).toList();

    assertThat(statements.leftNothing(before, failed, inTransaction)).isEqualTo(nothing);
  }

  @Test
  void onlyStatementsThatBuildOrDropIndexesConcurrentlyRepairThemselves() {
    var indexes = new ConcurrentIndexes();

    assertThat(
            indexes.areAllOf(
                List.of(
                    "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a)",
                    "drop index concurrently i",
                    "REINDEX (VERBOSE) TABLE CONCURRENTLY t",
                    "REINDEX (CONCURRENTLY) INDEX i")))
        .isTrue();
    assertThat(indexes.areAllOf(List.of())).isFalse();
    assertThat(indexes.areAllOf(List.of("REINDEX INDEX i"))).isFalse();
    assertThat(indexes.areAllOf(List.of("CREATE INDEX i ON t (a)"))).isFalse();
    assertThat(
            indexes.areAllOf(
                List.of("DROP INDEX CONCURRENTLY i", "REFRESH MATERIALIZED VIEW CONCURRENTLY v")))
        .isFalse();
  }
}
