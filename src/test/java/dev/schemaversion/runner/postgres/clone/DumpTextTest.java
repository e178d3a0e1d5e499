package dev.schemaversion.runner.postgres.clone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Removes the parts of a dump that only psql or only a newer server understands. */
class DumpTextTest {
  private static final String HEAD =
      """
      --
      -- PostgreSQL database dump
      --

      \\restrict Ab9

      -- Dumped by pg_dump version 18.1

      SET statement_timeout = 0;
      SET lock_timeout = 0;
      SET transaction_timeout = 0;
      SET client_encoding = 'UTF8';
      """;

  private static final String BODY =
      """
      CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$
      \\restrict Ab9
      \\unrestrict Ab9
      SET transaction_timeout = 0;
      $$;
      """;

  private static final String TAIL =
      """
      -- PostgreSQL database dump complete

      \\unrestrict Ab9

      """;

  @Test
  void psqlCommandsAreRemovedExceptInFunctions() {
    assertThat(DumpText.sql(HEAD + BODY + TAIL, 18))
        .isEqualTo(
            HEAD.replace("\\restrict Ab9\n", "") + BODY + TAIL.replace("\\unrestrict Ab9\n", ""));
  }

  @Test
  void aSettingThatAnOlderServerLacksIsRemoved() {
    assertThat(DumpText.sql(HEAD + BODY + TAIL, 16))
        .isEqualTo(
            HEAD.replace("\\restrict Ab9\n", "").replace("SET transaction_timeout = 0;\n", "")
                + BODY
                + TAIL.replace("\\unrestrict Ab9\n", ""));
  }

  @Test
  void aDumpOfAnOlderProgramIsUnchanged() {
    var old = HEAD.replace("\\restrict Ab9\n", "").replace("SET transaction_timeout = 0;\n", "");
    assertThat(DumpText.sql(old + BODY, 16)).isEqualTo(old + BODY);
  }

  /** PostgreSQL numbers the definitions of columns since November 2026. */
  @Test
  void theServersOwnVersionsOfColumnsAreRemoved() {
    assertThat(
            DumpText.sql(
                """
                ALTER TABLE ONLY public.a ALTER COLUMN "i, d" SET (pg_attver=42965392);
                ALTER FOREIGN TABLE ONLY public.f ALTER COLUMN $1 SET (pg_attver=42965392);
                ALTER TABLE ONLY public.a ALTER COLUMN $1 SET (pg_attver=4, n_distinct=-0.5);
                ALTER TABLE ONLY public.a ALTER COLUMN c SET (n_distinct=5, pg_attver=4);
                ALTER TABLE ONLY public.a ALTER COLUMN d SET (n_distinct=5);
                """,
                18))
        .isEqualTo(
            """
            ALTER TABLE ONLY public.a ALTER COLUMN $1 SET (n_distinct=-0.5);
            ALTER TABLE ONLY public.a ALTER COLUMN c SET (n_distinct=5);
            ALTER TABLE ONLY public.a ALTER COLUMN d SET (n_distinct=5);
            """);
  }
}
