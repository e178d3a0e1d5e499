package dev.schemaversion.runner;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.proof.Clone;
import dev.schemaversion.runner.proof.CloneSource;
import dev.schemaversion.runner.proof.Scratch;
import dev.schemaversion.runner.proof.Workspace;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** The scratch server of a run, if the run has one. It is waited for when it is first needed. */
final class ScratchSite {
  /** It has been starting beside the runner; creating its files takes seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A schema takes seconds; one that takes longer waits for somebody's lock. */
  private static final Duration CLONING = Duration.ofMinutes(10);

  private final RunRequest request;
  private final Target target;
  private final Connection real;
  private final Stop stop;
  private final Log log;
  private Scratch scratch;

  /**
   * Where versions are built and clones are made.
   *
   * @param real a session on the real database, for looking what it is like
   */
  ScratchSite(RunRequest request, Target target, Connection real, Stop stop, Log log) {
    this.request = request;
    this.target = target;
    this.real = real;
    this.stop = stop;
    this.log = log;
  }

  /** Whether the run has a scratch server. */
  boolean exists() {
    return request.scratch() != null;
  }

  /** An empty database like the real one. */
  Workspace empty(Migrations migrations) throws SQLException {
    return connected()
        .prepare(target.database(), real, target.role().orElse(null), CreatedRoles.of(migrations));
  }

  /** A copy of the real database's schema and history, with all the roles that are there. */
  Workspace cloned() throws SQLException {
    var role = target.role().orElse(null);
    var workspace = connected().prepareEmpty(target.database(), real, role);
    try {
      new Clone(source(), CLONING, stop::isRequested)
          .into(workspace, real, target.schemas().getFirst(), request.flyway().table());
      return workspace;
    } catch (SQLException | RuntimeException e) {
      workspace.close();
      throw e;
    }
  }

  private CloneSource source() {
    return new CloneSource(
        target.host(),
        target.port(),
        target.database(),
        target.user(),
        target.password(),
        target.role().orElse(null),
        target.tlsMode(),
        target.certificateAuthority(),
        target.application());
  }

  private Scratch connected() {
    if (scratch == null) {
      if (!exists()) {
        throw new RunFailure(
            Outcome.PROOF_NEEDED,
            "The schema is not the one that was proven last, and this Job has no scratch server to"
                + " prove it anew. Nothing was done; a proof follows.");
      }
      log.line("waiting for the scratch server");
      scratch = Scratch.connect(request.scratch(), PATIENCE);
    }
    return scratch;
  }
}
