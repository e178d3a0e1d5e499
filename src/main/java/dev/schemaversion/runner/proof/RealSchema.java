package dev.schemaversion.runner.proof;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.Schema;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.report.SchemaSummary;
import dev.schemaversion.runner.snapshot.CannotReadCatalog;
import dev.schemaversion.runner.snapshot.IgnorePattern;
import dev.schemaversion.runner.snapshot.SchemaBusy;
import dev.schemaversion.runner.snapshot.Scope;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.SnapshotReader;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Reads the real database's schema, each time in a session of its own. */
public final class RealSchema {
  private final DataSource sessions;
  private final Scope scope;

  /**
   * The schema of the run's database.
   *
   * @throws RunFailure {@link Outcome#INVALID_REQUEST} if an ignore pattern is none
   */
  public RealSchema(RunContext run) {
    this.sessions = run.sessions();
    this.scope = scope(run.target().schemas(), run.request());
  }

  private static Scope scope(List<String> schemas, RunRequest request) {
    try {
      return new Scope(
          schemas,
          request.proof().ignore().stream().map(IgnorePattern::of).toList(),
          request.proof().grantsOrDefault() == RunRequest.Grants.Enforce);
    } catch (IllegalArgumentException e) {
      throw new RunFailure(
          Outcome.INVALID_REQUEST,
          "spec.proof.ignore: " + e.getMessage() + " Correct the resource.",
          null,
          e);
    }
  }

  /** What is read, and what does not count in it. */
  public Scope scope() {
    return scope;
  }

  /**
   * The schema now.
   *
   * @throws RunFailure {@link Outcome#SCHEMA_BUSY}
   * @throws Unprovable {@link Outcome#CANNOT_READ_CATALOG}
   */
  public Snapshot read() throws SQLException {
    try (var session = sessions.getConnection()) {
      return new SnapshotReader(session, scope).read();
    } catch (SchemaBusy e) {
      throw new RunFailure(
          Outcome.SCHEMA_BUSY,
          e.getMessage() + " The operator retries; find out what changes the schema.",
          null,
          e);
    } catch (CannotReadCatalog e) {
      throw new Unprovable(
          Outcome.CANNOT_READ_CATALOG,
          "",
          e.getMessage() + " Nothing was done. Grant the right to read it.",
          null,
          e);
    }
  }

  /**
   * What is reported about the schema now and does not count, one line each; null if it cannot be
   * read, on which no proof depends.
   */
  public List<String> notes() throws SQLException {
    try (var session = sessions.getConnection()) {
      return new SnapshotReader(session, scope).notes();
    } catch (SchemaBusy | CannotReadCatalog e) {
      return null;
    }
  }

  /** Summarises what is in the schemas and counts. */
  public SchemaSummary contents(Snapshot found) {
    return SchemaSummary.of(found, scope.schemas().getFirst());
  }

  /** What is reported about a schema and its history. */
  public static Schema digests(Snapshot snapshot, History history) {
    return new Schema(snapshot.header().text(), snapshot.fingerprint(), history.digest());
  }
}
