package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.CommandSpec;
import dev.schemaversion.api.v1alpha1.DatabaseSpec;
import dev.schemaversion.api.v1alpha1.ProofSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.request.FirstSync;
import dev.schemaversion.contract.request.MigrationsImage;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.contract.request.RequestedDatabase;
import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.contract.request.TlsMode;
import dev.schemaversion.contract.request.ToolCommand;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The request of a Job: what the spec and the status tell the runner. */
public final class JobRequest {
  private JobRequest() {}

  /**
   * Returns the request of a step.
   *
   * @param job the name of the Job
   * @param migrationsDigest ignored for an image, whose reference counts
   */
  static RunRequest of(
      SchemaVersion resource,
      Step step,
      String job,
      String migrationsDigest,
      KnownState knownState,
      RunConditions conditions) {
    var spec = resource.getSpec();
    var metadata = resource.getMetadata();
    var image = spec.migrations().image();
    return new RunRequest(
        step,
        metadata.getNamespace() + "/" + metadata.getName(),
        job,
        spec.version(),
        // Later steps do not depend on the claim.
        step == Step.BASELINE ? spec.baselineVersion() : null,
        database(spec.database(), conditions.parameters()),
        FlywayRequest.of(spec),
        spec.migrations().configMaps().size(),
        image == null ? migrationsDigest : knownState.content(),
        knownState.database(),
        new ProofRules(
            spec.proofOrDefault().ignoreOrDefault(),
            spec.acceptedDifference(),
            // Also without an acceptance in the spec: the runner then proves the schema anew.
            knownState.accepted(),
            knownState.known(),
            // The default is left out, so that it has the digest of a spec without it.
            spec.proofOrDefault().grantsOrDefault() == ProofSpec.Grants.Note
                ? ProofRules.Grants.Note
                : null),
        ScratchServer.isNeeded(step, spec) || knownState.first()
            ? ScratchServer.address(spec)
            : null,
        knownState.approvedPlan(),
        image == null ? null : new MigrationsImage(image.reference(), image.pathOrDefault()),
        conditions.limits(),
        conditions.rehearsal(),
        command(spec.migrations().command()),
        knownState.afterLost(),
        knownState.first() ? firstSync(spec) : null);
  }

  /**
   * Returns the request of a run outside of a cluster, by the same rules. It knows no state and has
   * the claim in every step.
   *
   * @param migrationsDigest the digest of the migrations that are given to the run
   * @param scratch the scratch server; null without one. What the migrating user may do there is
   *     taken from the resource
   */
  public static RunRequest withoutJob(
      SchemaVersion resource, Step step, String migrationsDigest, RequestedScratch scratch) {
    var spec = resource.getSpec();
    var job =
        of(
            resource,
            step,
            "schemaversion",
            migrationsDigest,
            KnownState.NOTHING,
            RunConditions.of(spec));
    var permitted = ScratchServer.address(spec);
    return new RunRequest(
        step,
        resource.getMetadata().getName(),
        job.job(),
        job.version(),
        spec.baselineVersion(),
        job.database(),
        job.flyway(),
        1,
        migrationsDigest,
        null,
        job.proof(),
        scratch == null
            ? null
            : new RequestedScratch(
                scratch.host(),
                scratch.port(),
                permitted.extensions(),
                permitted.superuser(),
                scratch.password()),
        null,
        null,
        job.limits(),
        job.rehearsal(),
        null,
        false,
        null);
  }

  private static FirstSync firstSync(SchemaVersionSpec spec) {
    return ScratchServer.isNeeded(Step.SYNC, spec) ? FirstSync.Rehearsed : FirstSync.NotRehearsed;
  }

  private static RequestedDatabase database(DatabaseSpec database, Map<String, String> parameters) {
    return new RequestedDatabase(
        database.engine().name(),
        database.host(),
        database.port(),
        database.name(),
        schemas(database),
        database.role(),
        database.tls() == null ? TlsMode.Prefer : TlsMode.valueOf(database.tls().mode().name()),
        parameters);
  }

  /** Returns the schemas; empty for MariaDB and MySQL, where the database is its only schema. */
  private static List<String> schemas(DatabaseSpec database) {
    return Objects.requireNonNullElse(
        database.schemas(),
        database.engine() == DatabaseSpec.Engine.PostgreSQL ? List.of("public") : List.of());
  }

  /** Returns the part about a tool in the user's image; null stays null. */
  static ToolCommand command(CommandSpec given) {
    return given == null
        ? null
        : new ToolCommand(
            given.image(),
            given.versions(),
            given.migrate(),
            given.stamp(),
            given.history() == null ? null : given.history().tables(),
            given.history() == null ? null : given.history().ignoreColumns(),
            new TreeMap<>(given.filesOrDefault()),
            new TreeMap<>(given.envOrDefault()));
  }
}
