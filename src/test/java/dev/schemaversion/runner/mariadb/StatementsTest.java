package dev.schemaversion.runner.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.engine.ImplicitCommit.Effect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a statement leaves decides whether a script that died may run again. */
class StatementsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SCHEMA  | ALTER TABLE t ADD COLUMN b INT
          SCHEMA  | CREATE OR REPLACE VIEW v AS SELECT 1
          SCHEMA  | SET STATEMENT sql_mode = 'STRICT_ALL_TABLES' FOR ALTER TABLE t MODIFY a INT NOT NULL
          SCHEMA  | set statement lock_wait_timeout = 5, sql_mode = 'it''s FOR no one' for drop table t
          ROWS    | UPDATE t SET a = 1
          ROWS    | SET STATEMENT max_statement_time = 0 FOR UPDATE t SET a = a + 1
          ROWS    | /* slow */ SET STATEMENT sql_mode = "" FOR INSERT INTO t SELECT * FROM u FOR UPDATE
          SESSION | SET STATEMENT max_statement_time = 1 FOR SELECT a FROM t
          SESSION | SET SESSION sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES')
          SESSION | SET @before = @@SESSION.sql_mode
          OTHER   | SET GLOBAL max_connections = 10
          OTHER   | SET autocommit = 1
          OTHER   | CREATE TABLE t AS SELECT * FROM u
          OTHER   | SET STATEMENT max_statement_time = 0 FOR CALL refill()
          OTHER   | CALL refill()
          """)
  void aStatementHasALastingEffect(Effect effect, String sql) {
    assertThat(new Statements().effect(sql)).isEqualTo(effect);
  }
}
