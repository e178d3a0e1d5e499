package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.DatabaseSpec;
import dev.schemaversion.api.v1alpha1.JobSpec;
import dev.schemaversion.api.v1alpha1.MigrationsSpec.FlywaySpec;
import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.Step;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that a step's result depends on.
 *
 * @param digest over what the runner is told, {@code sha256:<hex>}; a sync is due when it is not
 *     the recorded one
 * @param id eight characters over the digest, the limits, the connection's parameters, the retry
 *     annotation and the occasion; a refusal stands until it changes
 */
public record JobInputs(String digest, String id) {
  private static final int ID_LENGTH = 8;

  /**
   * The inputs of a step.
   *
   * @param migrationsDigest see {@link dev.schemaversion.contract.MigrationsDigest}; not asked for
   *     where they come from an image, whose reference counts
   * @param occasion see {@link KnownState#occasion}
   */
  public static JobInputs of(
      SchemaVersion resource, Step step, String migrationsDigest, String occasion) {
    var limits = limits(resource.getSpec().job());
    var parameters = parameters(resource.getSpec().database());
    // They change how far a run comes and not what it does, so they alone make no sync due.
    var told = request(resource, step, "", migrationsDigest, KnownState.NOTHING, null, null);
    var digest = Digest.of(Arrays.asList(told, resource.getSpec().database().secretRef()));
    var annotations = resource.getMetadata().getAnnotations();
    var retry = annotations == null ? "" : annotations.getOrDefault(Names.RETRY, "");
    var parts =
        Stream.of(digest, retry, occasion, limits, parameters).filter(Objects::nonNull).toList();
    return new JobInputs("sha256:" + digest, Digest.of(parts).substring(0, ID_LENGTH));
  }

  /** What the runner is told. */
  static RunRequest request(
      SchemaVersion resource, Step step, String job, String migrationsDigest, KnownState given) {
    var limits = limits(resource.getSpec().job());
    var parameters = parameters(resource.getSpec().database());
    return request(resource, step, job, migrationsDigest, given, limits, parameters);
  }

  private static RunRequest request(
      SchemaVersion resource,
      Step step,
      String job,
      String migrationsDigest,
      KnownState given,
      RunRequest.Limits limits,
      Map<String, String> parameters) {
    var spec = resource.getSpec();
    var metadata = resource.getMetadata();
    var image = spec.migrations().image();
    return new RunRequest(
        step,
        metadata.getNamespace() + "/" + metadata.getName(),
        job,
        spec.version(),
        // Once stamped, a sync does not depend on it any more.
        step == Step.BASELINE ? spec.baselineVersion() : null,
        database(spec.database(), parameters),
        flyway(spec),
        spec.migrations().configMaps().size(),
        image == null ? migrationsDigest : given.content(),
        given.database(),
        new RunRequest.Proofs(
            spec.proofOrDefault().ignoreOrDefault(),
            spec.acceptedDifference(),
            // What was accepted stands as long as the resource says that it is.
            spec.acceptedDifference() == null ? List.of() : given.accepted(),
            given.known()),
        ScratchServer.beside(step, spec) ? ScratchServer.address(spec.database().engine()) : null,
        given.approvedPlan(),
        image == null ? null : new RunRequest.Image(image.reference(), image.pathOrDefault()),
        limits,
        given.afterLost());
  }

  private static RunRequest.Database database(
      DatabaseSpec database, Map<String, String> parameters) {
    return new RunRequest.Database(
        database.engine().name(),
        database.host(),
        database.port(),
        database.name(),
        schemas(database),
        database.role(),
        database.tls() == null
            ? RunRequest.TlsMode.Prefer
            : RunRequest.TlsMode.valueOf(database.tls().mode().name()),
        parameters);
  }

  /** Null where there are none. */
  private static Map<String, String> parameters(DatabaseSpec database) {
    var given = database.parameters();
    return given == null || given.isEmpty() ? null : new TreeMap<>(given);
  }

  /** Null where nothing is said of them. */
  private static RunRequest.Limits limits(JobSpec job) {
    if (job == null || job.limits() == null) {
      return null;
    }
    var limits = job.limits();
    return new RunRequest.Limits(
        limits.longestRun().map(JobInputs::seconds).orElse(null),
        seconds(limits.longestLockWait()),
        limits.longestStatement().map(JobInputs::seconds).orElse(null));
  }

  private static int seconds(Duration duration) {
    return Math.toIntExact(duration.toSeconds());
  }

  /** Elsewhere than in PostgreSQL a database is its only schema, which only the runner knows. */
  private static List<String> schemas(DatabaseSpec database) {
    return Objects.requireNonNullElse(
        database.schemas(),
        database.engine() == DatabaseSpec.Engine.PostgreSQL ? List.of("public") : List.of());
  }

  static RunRequest.Flyway flyway(SchemaVersionSpec spec) {
    var given = Objects.requireNonNullElse(spec.migrations().flyway(), FlywaySpec.DEFAULT);
    var usual = FlywaySpec.DEFAULT;
    return new RunRequest.Flyway(
        Objects.requireNonNullElse(given.table(), usual.table()),
        Objects.requireNonNullElse(given.placeholders(), Map.of()),
        Objects.requireNonNullElse(given.outOfOrder(), usual.outOfOrder()),
        Objects.requireNonNullElse(given.sqlMigrationPrefix(), usual.sqlMigrationPrefix()),
        Objects.requireNonNullElse(given.sqlMigrationSuffixes(), usual.sqlMigrationSuffixes()));
  }
}
