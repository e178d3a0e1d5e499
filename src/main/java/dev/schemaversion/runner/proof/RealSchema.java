package dev.schemaversion.runner.proof;

import dev.schemaversion.contract.Basis;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Schema;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.report.SchemaSummary;
import dev.schemaversion.runner.snapshot.CannotReadCatalog;
import dev.schemaversion.runner.snapshot.Line;
import dev.schemaversion.runner.snapshot.Outside;
import dev.schemaversion.runner.snapshot.SchemaBusy;
import dev.schemaversion.runner.snapshot.Scope;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.SnapshotReader;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Reads the real database's schema, each time in a session of its own: the objects in the scope,
 * what the last proof has compared outside of it, and the settings of the database.
 */
public final class RealSchema {
  private final DataSource sessions;
  private final String login;
  private final Scope scope;
  private final Outside known;
  private final Map<Outside, Snapshot> outside = new HashMap<>();
  private List<Line> found = List.of();
  private Settings settings;

  /**
   * The schema of the run's database.
   *
   * @throws RunFailure {@link Outcome#INVALID_REQUEST} if an ignore pattern is none
   */
  public RealSchema(RunContext run) {
    this.sessions = run.sessions();
    this.login = run.target().user();
    this.scope = RequestedScope.of(run.target().schemas(), run.request());
    this.known = RequestedScope.outside(run.request());
    this.settings = Settings.of(run.request());
  }

  /** What is read in the schemas of the spec, and what does not count in it. */
  public Scope scope() {
    return scope;
  }

  /**
   * The schema and the settings now.
   *
   * @throws RunFailure {@link Outcome#SCHEMA_BUSY}
   * @throws Unprovable {@link Outcome#CANNOT_READ_CATALOG}
   */
  public Snapshot read() throws SQLException {
    outside.clear();
    return reading(
        scope.with(known),
        reader -> {
          var schema = reader.read();
          found = Settings.shortened(reader.settings(login));
          return schema.with(found, scope.ignore());
        });
  }

  /**
   * A schema with other objects outside the scope, which are read of the real database.
   *
   * @param schema a reading of the real database, or of a clone with just these objects
   */
  Snapshot with(Snapshot schema, Outside other) throws SQLException {
    if (schema.header().outside().equals(other)) {
      return schema;
    }
    var read = outside.get(other);
    if (read == null) {
      read = reading(scope.of(List.of()).with(other), SnapshotReader::read);
      outside.put(other, read);
    }
    return schema.with(read);
  }

  private interface Reading {
    Snapshot of(SnapshotReader reader) throws SQLException;
  }

  private Snapshot reading(Scope what, Reading reading) throws SQLException {
    try (var session = sessions.getConnection()) {
      return reading.of(new SnapshotReader(session, what));
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
   * What is reported about the schema now and does not count, one line each.
   *
   * @throws SchemaBusy if the schema changes all the time
   * @throws CannotReadCatalog if a right is missing
   */
  List<String> notes() throws SQLException {
    try (var session = sessions.getConnection()) {
      return new SnapshotReader(session, scope).notes();
    }
  }

  /** Summarises what is in the schemas and counts. */
  public SchemaSummary contents(Snapshot found) {
    return SchemaSummary.of(found, scope.schemas().getFirst());
  }

  /** What was built, with the settings that must be there. */
  Snapshot expected(Snapshot built) {
    return built.with(settings.expected(found), scope.ignore());
  }

  /** A clone's schema after migrations, with the settings that the real database has after them. */
  Snapshot afterMigrations(Snapshot clone) {
    return clone.with(settings.afterMigrations(found), scope.ignore());
  }

  /** Notes which settings migrations have changed, see {@link Settings#migrated}. */
  void migrated(List<Line> before, List<Line> after) {
    settings.migrated(before, after);
  }

  /** The settings found are those to begin with, because nothing of the migrations is there. */
  void startWithSettingsFound() {
    settings = Settings.unknown();
  }

  /** Whether the settings are compared with recorded ones. */
  boolean areSettingsKnown() {
    return settings.areKnown();
  }

  /** What is recorded with a proof that has compared this outside the schemas. */
  Basis basis(Outside compared) {
    return new Basis(compared.isEmpty() ? null : compared.entries(), settings.toRecord(found));
  }

  /** What is recorded with a proof for which the last one still stands. */
  Basis basis() {
    return basis(known);
  }

  /** The digests of a schema that is not proven, and of its history. */
  public static Schema digests(Snapshot schema, History history) {
    return new Schema(schema.header().text(), schema.fingerprint(), history.digest());
  }

  /** The digests of a schema as it was compared, and of its history. */
  public Schema digests(Snapshot schema, History history, Proof proof) throws SQLException {
    return digests(proof.holds() ? with(schema, outside(proof)) : schema, history);
  }

  /** What was compared outside the schemas in a proof; nothing if it does not hold. */
  static Outside outside(Proof proof) {
    return proof.basis() == null || proof.basis().outside() == null
        ? Outside.NOTHING
        : new Outside(proof.basis().outside());
  }

  /** A reading of the real database with the objects outside the schemas that another one has. */
  public Snapshot like(Snapshot other, Snapshot schema) throws SQLException {
    return with(schema, other.header().outside());
  }
}
