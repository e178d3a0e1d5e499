package dev.schemaversion.runner.postgres.clone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.contract.request.TlsMode;
import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.postgres.Quoted;
import dev.schemaversion.runner.postgres.scratch.Installation;
import dev.schemaversion.runner.postgres.scratch.RealServer;
import dev.schemaversion.runner.postgres.scratch.Sessions;
import dev.schemaversion.runner.scratch.CloneFailed;
import dev.schemaversion.runner.scratch.DumpFailed;
import dev.schemaversion.runner.scratch.DumpTooOld;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rights that a clone requires, and the failures of one. */
class SchemaCloneFailureTest {
  private static final Installation AT = Installation.POSTGRES_15;
  private static final Duration LONG = Duration.ofMinutes(2);

  @BeforeAll
  static void requirePgDump() {
    PgDump.require();
  }

  private static SchemaClone clone(Target source) {
    return clone(source, AT);
  }

  private static SchemaClone clone(Target source, Installation at) {
    return new SchemaClone(source, at.dump(), LONG, () -> false);
  }

  private static String one(Connection connection, String sql) throws SQLException {
    return Rows.names(connection, sql).getFirst();
  }

  @Test
  void theConfiguredRoleReadsTheSchema() throws SQLException {
    try (var real = AT.real().fresh()) {
      real.role("login", "LOGIN NOINHERIT PASSWORD '" + RealServer.PASSWORD + "'");
      real.admin("GRANT " + Quoted.name(real.owner()) + " TO login");
      real.execute("CREATE TABLE public.a ()");
      try (var there = real.as("login")) {
        Sessions.execute(there, "SET ROLE " + Quoted.name(real.owner()));
        try (var workspace = AT.scratch().prepareEmpty(real.name(), there, real.owner())) {
          clone(real.source("login", real.owner())).into(workspace, there, "public", "absent");
          try (var here = workspace.migrating().getConnection()) {
            Sessions.execute(here, "ALTER TABLE public.a ADD COLUMN b integer");
          }
        }
      }
    }
  }

  @Test
  void aTableWithoutReadRightsIsNamed() throws SQLException {
    try (var real = AT.real().fresh()) {
      real.admin("CREATE TABLE public.payroll ()");
      try (var there = real.asOwner();
          var workspace = AT.scratch().prepareEmpty(real.name(), there, null)) {
        assertThatThrownBy(() -> clone(real.source()).into(workspace, there, "public", "h"))
            .isInstanceOf(DumpFailed.class)
            .hasMessageContaining("permission denied for table payroll")
            .hasMessageContaining("GRANT")
            .hasMessageNotContaining(RealServer.PASSWORD);
      }
    }
  }

  @Test
  void theCertificateOfTheServerIsVerified() throws SQLException {
    try (var real = AT.real().fresh();
        var there = real.asOwner();
        var workspace = AT.scratch().prepareEmpty(real.name(), there, null)) {
      var right = secured(real.source(), "localhost", RealServer.PASSWORD);
      assertThatCode(() -> clone(right).into(workspace, there, "public", "h"))
          .doesNotThrowAnyException();

      var wrongName = secured(real.source(), "127.0.0.1", RealServer.PASSWORD);
      assertThatThrownBy(() -> clone(wrongName).into(workspace, there, "public", "h"))
          .isInstanceOf(DumpFailed.class)
          .hasMessageContaining("certificate");
      var wrongPassword = secured(real.source(), "localhost", "guess what");
      assertThatThrownBy(() -> clone(wrongPassword).into(workspace, there, "public", "h"))
          .isInstanceOf(DumpFailed.class)
          .hasMessageContaining("password authentication failed")
          .hasMessageNotContaining("guess what");
    }
  }

  private static Target secured(Target source, String host, String password) throws SQLException {
    Path certificate = AT.real().certificate();
    return new Target(
        host,
        source.port(),
        source.database(),
        source.user(),
        password,
        Optional.empty(),
        source.schemas(),
        TlsMode.VerifyFull,
        certificate,
        Map.of("channelBinding", "require", "connectTimeout", "30"),
        source.limits(),
        source.application());
  }

  @Test
  void anOlderPgDumpIsRejected() throws SQLException {
    var at = Installation.POSTGRES_18;
    org.junit.jupiter.api.Assumptions.assumeTrue(
        PgDump.major() < at.major(), "this machine's pg_dump is new enough for all servers");
    try (var real = at.real().fresh();
        var there = real.asOwner();
        var workspace = at.scratch().prepareEmpty(real.name(), there, null)) {
      assertThatThrownBy(() -> clone(real.source(), AT).into(workspace, there, "public", "h"))
          .isInstanceOfSatisfying(
              DumpTooOld.class,
              e -> {
                assertThat(e.dumpMajor()).isEqualTo(PgDump.major());
                assertThat(e.serverMajor()).isEqualTo(18);
              });
    }
  }

  @Test
  void aFailedRestoreIsReportedAndRolledBack() throws SQLException {
    try (var real = AT.real().fresh();
        var there = real.asOwner();
        var workspace = AT.scratch().prepareEmpty(real.name(), there, null)) {
      real.execute("CREATE TABLE public.a ()");
      real.role("came later", "");
      real.admin("CREATE TABLE public.b ()", "ALTER TABLE public.b OWNER TO \"came later\"");
      real.admin("GRANT SELECT ON public.b TO PUBLIC");
      assertThatThrownBy(() -> clone(real.source()).into(workspace, there, "public", "h"))
          .isInstanceOf(CloneFailed.class)
          .hasMessageContaining("role \"came later\" does not exist");
      try (var here = workspace.admin()) {
        assertThat(one(here, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
            .isEqualTo("0");
      }
    }
  }
}
