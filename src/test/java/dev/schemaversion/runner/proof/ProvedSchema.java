package dev.schemaversion.runner.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.Engines;
import dev.schemaversion.runner.Inputs;
import dev.schemaversion.runner.Job;
import dev.schemaversion.runner.Requests;
import dev.schemaversion.runner.engine.RunLock;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.flyway.FlywayTool;
import dev.schemaversion.runner.flyway.script.MigrationFiles;
import dev.schemaversion.runner.report.Log;
import dev.schemaversion.runner.report.ReportDraft;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.report.Shutdown;
import dev.schemaversion.runner.scratch.ScratchServerAccess;
import dev.schemaversion.runner.snapshot.LeftOut;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.Witness;
import dev.schemaversion.runner.snapshot.postgres.RoundTrip;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** A database as it was found, with a prover of it and the replay of a Job's migrations. */
final class ProvedSchema implements AutoCloseable {
  private final Connection session;
  private final RunLock lock;
  private final Replay replay;
  final Found found;
  final Prover prover;

  /** How many schemas were read in replays. */
  int readings;

  ProvedSchema(Job job, Path root) throws SQLException {
    job.files.mount();
    var request = Requests.read(job.request(Step.PROVE), new ReportDraft());
    var engine = Engines.named(request.database().engine());
    var target = Target.of(request, new Inputs(root), engine);
    var sessions = engine.sessions(target);
    session = sessions.getConnection();
    lock = RunLock.take(session, engine.locks(session));
    var run =
        new RunContext(
            request,
            engine,
            target,
            session,
            sessions,
            new Shutdown(),
            new ReportDraft(),
            new Log(new PrintStream(OutputStream.nullOutputStream(), true, UTF_8)));
    var real = new RealSchema(run);
    var migrations =
        MigrationFiles.read(job.files.sources(), request.flyway(), request.database().engine());
    replay =
        new FlywayTool(run, migrations, lock, new ScratchServerAccess(run), real.scope())
            .replays(null)
            .getFirst();
    found = new Found(real, real.read(), LeftOut.NOTHING);
    prover =
        new Prover(
            found,
            new Acceptance(request.proof()),
            Duration.ofHours(1),
            InstantSource.system(),
            line -> {});
  }

  /** The replay, which counts what is read. */
  Replay replay() {
    return new Replay() {
      @Override
      public String name() {
        return replay.name();
      }

      @Override
      public LeftOut leftOut() throws SQLException {
        return replay.leftOut();
      }

      @Override
      public void run(Visitor visitor) throws SQLException {
        replay.run((version, built) -> visitor.built(version, new Counted(built)));
      }

      @Override
      public Standing build() throws SQLException {
        return replay.build();
      }
    };
  }

  private final class Counted implements Replay.Built {
    private final Replay.Built built;

    Counted(Replay.Built built) {
      this.built = built;
    }

    @Override
    public Snapshot read() throws SQLException {
      readings++;
      return built.read();
    }

    @Override
    public RoundTrip trip() throws SQLException {
      return built.trip();
    }

    @Override
    public Set<Witness> confirmed(List<Witness> witnesses) throws SQLException {
      return built.confirmed(witnesses);
    }
  }

  @Override
  public void close() throws SQLException {
    lock.close();
    session.close();
  }
}
