package dev.schemaversion.runner.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import org.flywaydb.core.internal.resolver.ChecksumCalculator;
import org.flywaydb.core.internal.resource.StringResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A first script that pg_dump has written. */
class DumpedScriptTest {
  private static final String DUMP =
      """
      --
      -- PostgreSQL database dump
      --

      \\restrict 5nQe0vTxYw3kZ1

      -- Dumped from database version 15.13
      -- Dumped by pg_dump version 15.14

      SET statement_timeout = 0;
      SET lock_timeout = 0;
      SET idle_in_transaction_session_timeout = 0;
      SET client_encoding = 'UTF8';
      SET standard_conforming_strings = on;
      SELECT pg_catalog.set_config('search_path', '', false);
      SET check_function_bodies = false;
      SET xmloption = content;
      SET client_min_messages = warning;
      SET row_security = off;

      CREATE FUNCTION public.touched() RETURNS trigger
          LANGUAGE plpgsql
          AS $$
      BEGIN
        NEW.note := 'touched; ' || NEW.note;
        RETURN NEW;
      END
      $$;

      SET default_tablespace = '';

      SET default_table_access_method = heap;

      CREATE TABLE public.accounts (
          id integer NOT NULL,
          note text
      );

      CREATE SEQUENCE public.accounts_id_seq
          AS integer
          START WITH 1
          INCREMENT BY 1
          NO MINVALUE
          NO MAXVALUE
          CACHE 1;

      ALTER SEQUENCE public.accounts_id_seq OWNED BY public.accounts.id;

      ALTER TABLE ONLY public.accounts ALTER COLUMN id SET DEFAULT nextval('public.accounts_id_seq'::regclass);

      COPY public.accounts (id, note) FROM stdin;
      1\twith; a semicolon -- and more
      2\t\\N
      3\tit's größer
      \\.

      SELECT pg_catalog.setval('public.accounts_id_seq', 3, true);

      ALTER TABLE ONLY public.accounts
          ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);

      CREATE TRIGGER touched BEFORE INSERT ON public.accounts FOR EACH ROW EXECUTE FUNCTION public.touched();

      --
      -- PostgreSQL database dump complete
      --

      \\unrestrict 5nQe0vTxYw3kZ1

      """;

  private static final String UNGUARDED = DUMP.replaceAll("(?m)^\\\\(un)?restrict .*\\n", "");

  @TempDir Path root;
  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = new Job(root, database);
    // Finds its table although the dump has emptied the search path.
    job.file("V2__more.sql", "INSERT INTO accounts (note) VALUES ('from version 2');\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {DUMP, "\uFEFF" + DUMP})
  void itRunsWithItsRowsAndWhatFollowsFindsItsTables(String dump) {
    var report = job.file("V1__dump.sql", dump).sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Equal);
    assertThat(database.query("SELECT id || coalesce(note, '') FROM accounts ORDER BY id"))
        .containsExactly(
            "1with; a semicolon -- and more", "2", "3it's größer", "4touched; from version 2");
    assertThat(job.baseline().report().proof().verdict()).isEqualTo(Verdict.Equal);
  }

  @Test
  void anOlderDumpWithoutGuardRunsToo() {
    var report = job.file("V1__dump.sql", UNGUARDED).sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.proof().verdict()).isEqualTo(Verdict.Equal);
  }

  @Test
  void aFailureIsToldWithTheLineOfTheFile() {
    var wrong = DUMP.replace("note text", "note nothing");

    var report = job.file("V1__dump.sql", wrong).sync("1").report();

    assertThat(report.outcome()).isEqualTo(Outcome.REHEARSAL_FAILED);
    assertThat(report.failure().line())
        .isEqualTo(1 + wrong.lines().toList().indexOf("CREATE TABLE public.accounts ("));
  }

  @Test
  void aDumpFromWindowsRunsToo() {
    var report = job.file("V1__dump.sql", DUMP.replace("\n", "\r\n")).sync("2").report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void itsChecksumIsThatOfTheWholeFile() {
    job.file("V1__dump.sql", DUMP).sync("1");

    assertThat(database.query("SELECT checksum FROM flyway_schema_history WHERE version = '1'"))
        .containsExactly("" + ChecksumCalculator.calculate(new StringResource(DUMP)));
  }
}
