package dev.schemaversion.cli.option;

import dev.schemaversion.api.v1alpha1.BaselineSpec;
import dev.schemaversion.api.v1alpha1.DatabaseSpec;
import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import dev.schemaversion.api.v1alpha1.JobSpec;
import dev.schemaversion.api.v1alpha1.JobSpecBuilder;
import dev.schemaversion.api.v1alpha1.MigrationsSpec;
import dev.schemaversion.api.v1alpha1.MigrationsSpec.ConfigMapRef;
import dev.schemaversion.api.v1alpha1.ProofSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpecBuilder;
import java.util.List;
import java.util.Optional;

/** Makes the spec of a SchemaVersion of what options and a manifest say. */
record ResourceOptions(
    DatabaseOptions database,
    MigrationOptions migrations,
    ProofOptions proof,
    RunOptions.Wanted wanted) {
  private static final DatabaseSpec NO_DATABASE =
      new DatabaseSpec(null, null, null, null, null, null, null, null, null);

  /**
   * Returns the spec; options count before the manifest.
   *
   * @param manifest the manifest, or null
   */
  SchemaVersionSpec over(Manifest manifest, Credentials connection) {
    var base =
        manifest == null
            ? SchemaVersionSpecBuilder.builder().build()
            : manifest.resource().getSpec();
    return SchemaVersionSpecBuilder.builder()
        .version(or(wanted.version(), base.version()))
        .database(database(or(base.database(), NO_DATABASE), connection))
        .migrations(migrations(base.migrations()))
        .baseline(baseline(base.baseline()))
        .proof(proof(base.proofOrDefault()))
        .job(job(base.job()))
        .build();
  }

  private DatabaseSpec database(DatabaseSpec base, Credentials connection) {
    boolean isElsewhere = database.host != null || connection.hasUrl();
    return new DatabaseSpec(
        engine(base, connection),
        isElsewhere ? database.host : base.host(),
        isElsewhere ? database.port : or(database.port, base.port()),
        connection.hasUrl() ? database.database : or(database.database, base.name()),
        or(database.schemas, base.schemas()),
        or(database.role, base.role()),
        base.secretRef(),
        database.tlsMode == null ? base.tls() : new DatabaseSpec.TlsSpec(database.tlsMode, null),
        or(database.parameters, base.parameters()));
  }

  private Engine engine(DatabaseSpec base, Credentials connection) {
    return Optional.ofNullable(database.engine)
        .or(() -> Optional.ofNullable(base.engine()))
        .or(connection::engine)
        .or(() -> wanted.needsDatabase() ? Optional.empty() : Optional.of(Engine.PostgreSQL))
        .orElseThrow(
            () ->
                new UsageError(
                    "Name the database with --url or DATABASE_URL, or with --host, and its engine with"
                        + " --engine: PostgreSQL, MariaDB or MySQL."));
  }

  private MigrationsSpec migrations(MigrationsSpec base) {
    var flyway = base == null ? null : base.flyway();
    return new MigrationsSpec(
        List.of(new ConfigMapRef("migrations")),
        null,
        migrations.flyway == null ? flyway : FlywayValues.over(flyway, migrations.flyway),
        null);
  }

  private BaselineSpec baseline(BaselineSpec base) {
    var claim = or(wanted.claim(), base == null ? null : base.version());
    var accepted = or(proof.acceptDifference, base == null ? null : base.acceptDifference());
    return claim == null && accepted == null ? null : new BaselineSpec(claim, accepted);
  }

  private ProofSpec proof(ProofSpec base) {
    return new ProofSpec(
        ProofSpec.Mode.Always,
        base.scratch(),
        wanted.rehearsal() == null ? base.rehearsal() : wanted.rehearsal().over(base.rehearsal()),
        or(proof.ignore, base.ignoreOrDefault()),
        or(proof.grants, base.grants()));
  }

  private JobSpec job(JobSpec base) {
    var limits = base == null ? null : base.limits();
    return JobSpecBuilder.builder()
        .limits(wanted.rehearsal() == null ? limits : wanted.rehearsal().over(limits))
        .build();
  }

  private static <T> T or(T first, T second) {
    return first == null ? second : first;
  }
}
