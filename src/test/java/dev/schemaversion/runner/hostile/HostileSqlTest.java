package dev.schemaversion.runner.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.ForbiddenPort;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scripts that reach out of the database, run by a superuser of the real server. The rehearsal
 * stops them, because no user of the scratch server has the necessary rights; therefore they never
 * run on the real server.
 */
class HostileSqlTest {
  @RegisterExtension static final Attacks ATTACKS = new Attacks("attacks, all stopped");

  @TempDir static Path root;
  private static ForbiddenPort forbiddenPort;
  private static Postgres.Database database;
  private static Job job;

  /** Shared by all tests, because none of them may change it. */
  @BeforeAll
  static void prepare() {
    forbiddenPort = new ForbiddenPort();
    database = Postgres.fresh();
    database.admin("CREATE EXTENSION dblink", "CREATE EXTENSION postgres_fdw");
    job = new Job(root, database).secret("username", "postgres").tables(1);
    // Extensions of other owners exist already, so that the rehearsal runs on a clone.
    database.admin("CREATE TABLE t1 (id int)");
    job.baseline("1").baseline();
  }

  @AfterAll
  static void stopListening() {
    forbiddenPort.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // files and programs of the server
        "COPY (SELECT 1) TO PROGRAM 'touch %canary'",
        "COPY (SELECT 1) TO '%canary'",
        "COPY t1 FROM PROGRAM 'touch %canary'",
        "CREATE TABLE p (l text); COPY p FROM '/etc/passwd'",
        "CREATE TEMP TABLE p (l text); COPY p FROM PROGRAM 'id'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT pg_read_binary_file('/etc/passwd')",
        "SELECT pg_ls_dir('/')",
        "SELECT pg_stat_file('/etc/passwd')",
        "SELECT lo_import('/etc/passwd')",
        "SELECT lo_export(lo_from_bytea(0, 'x'), '%canary')",
        // code
        "LOAD '/tmp/evil.so'",
        "CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'libc.so.6', 'getpid'",
        "CREATE FUNCTION f() RETURNS int LANGUAGE internal AS 'pg_backend_pid'",
        "CREATE EXTENSION plpython3u",
        "CREATE EXTENSION plperlu",
        "CREATE EXTENSION pltclu",
        "CREATE EXTENSION file_fdw",
        "CREATE EXTENSION adminpack",
        "CREATE LANGUAGE plpython3u",
        "DO LANGUAGE plpython3u 'import os'",
        // other servers
        "SELECT dblink_connect('host=127.0.0.1 port=%port user=a password=b')",
        "SELECT * FROM dblink('host=127.0.0.1 port=%port password=b', 'SELECT 1') AS t (x int)",
        "SELECT dblink_exec('host=127.0.0.1 port=%port password=b', 'DROP TABLE x')",
        "SELECT dblink_connect_u('host=127.0.0.1 port=%port')",
        "CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw"
            + " OPTIONS (host '127.0.0.1', port '%port');"
            + " CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (user 'a', password 'b');"
            + " CREATE FOREIGN TABLE f (x int) SERVER s; SELECT * FROM f",
        "CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1 port=%port' PUBLICATION p",
        // more rights
        "SET ROLE schemaversion_scratch",
        "SET SESSION AUTHORIZATION schemaversion_scratch",
        "RESET SESSION AUTHORIZATION; COPY (SELECT 1) TO PROGRAM 'touch %canary'",
        "RESET ROLE; COPY (SELECT 1) TO PROGRAM 'touch %canary'",
        "ALTER ROLE postgres SUPERUSER",
        "ALTER ROLE schemaversion_scratch PASSWORD 'x'",
        "CREATE ROLE evil SUPERUSER",
        "GRANT schemaversion_scratch TO postgres",
        "GRANT pg_execute_server_program TO postgres;"
            + " COPY (SELECT 1) TO PROGRAM 'touch %canary'",
        "GRANT pg_write_server_files TO postgres; COPY (SELECT 1) TO '%canary'",
        "GRANT pg_read_server_files TO postgres; SELECT pg_read_file('/etc/passwd')",
        "UPDATE pg_authid SET rolsuper = true",
        "ALTER DATABASE template1 OWNER TO postgres",
        // psql's own commands
        "\\! touch %canary",
        "\\copy t1 from '/etc/passwd'",
        "\\copy t1 to program 'touch %canary'",
        "\\i /etc/passwd",
        "\\ir V1__table_1.sql",
        "\\o %canary",
        "\\connect postgres",
        "\\c \"host=127.0.0.1 port=%port\"",
        "\\setenv PAGER 'touch %canary'",
        "SELECT 'DROP TABLE t1' \\gexec",
        "SELECT 1 \\g %canary",
        "SELECT 1 \\g | touch %canary",
        "COPY t1 FROM STDIN;\n\\! touch %canary\n\\.",
        "#!/bin/sh\ntouch %canary",
        // after a commit
        "COMMIT; COPY (SELECT 1) TO PROGRAM 'touch %canary'",
        "VACUUM t1; COPY (SELECT 1) TO PROGRAM 'touch %canary'",
      })
  void sqlThatReachesOutOfTheDatabaseFailsInTheRehearsal(String sql) {
    ATTACKS.count();
    var canary = root.resolve("canary");
    var before = database.dump();
    job.file(
        "V2__attack.sql",
        sql.replace("%canary", canary.toString())
            .replace("%port", Integer.toString(forbiddenPort.port())));

    var report = job.sync("2").report();

    assertThat(report.outcome())
        .as(report.message())
        .isIn(Outcome.REHEARSAL_FAILED, Outcome.MIGRATION_FAILED);
    assertThat(report.message()).contains("V2__attack.sql");
    assertThat(report.migrationsApplied()).isZero();
    assertThat(canary).doesNotExist();
    forbiddenPort.assertNoConnection();
    assertThat(database.dump()).isEqualTo(before);
  }
}
