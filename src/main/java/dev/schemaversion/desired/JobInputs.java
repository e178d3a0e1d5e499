package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.CommandSpec;
import dev.schemaversion.api.v1alpha1.DatabaseSpec;
import dev.schemaversion.api.v1alpha1.FlywaySpec;
import dev.schemaversion.api.v1alpha1.JobSpec;
import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.ProofSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.contract.FlywayOptions;
import dev.schemaversion.contract.FlywayOptionsBuilder;
import dev.schemaversion.contract.MigrationsDigest;
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
 * The inputs of a Job: everything on which the result of its step depends.
 *
 * @param digest {@code sha256:<hex>} over the request; a sync is due if it differs from the
 *     recorded one
 * @param id eight characters of a digest over {@code digest}, the limits, the connection
 *     parameters, the kind of rehearsal, the retry annotation and the trigger; a refusal lasts
 *     until it changes
 */
public record JobInputs(String digest, String id) {
  private static final int ID_LENGTH = 8;

  /**
   * Returns the inputs of a step.
   *
   * @param migrationsDigest see {@link MigrationsDigest}; ignored for an image, whose reference
   *     counts
   * @param trigger see {@link KnownState#trigger}
   */
  public static JobInputs of(
      SchemaVersion resource, Step step, String migrationsDigest, String trigger) {
    var limits = limits(resource.getSpec().job());
    var parameters = parameters(resource.getSpec().database());
    var rehearsal = rehearsal(resource.getSpec());
    // They affect how far a run gets, not its result, so they make no sync due.
    var request =
        request(resource, step, "", migrationsDigest, KnownState.NOTHING, null, null, null);
    var digest = Digest.of(Arrays.asList(request, resource.getSpec().database().secretRef()));
    var annotations = resource.getMetadata().getAnnotations();
    var retry = annotations == null ? "" : annotations.getOrDefault(Names.RETRY, "");
    var parts =
        Stream.of(digest, retry, trigger, limits, parameters, rehearsal)
            .filter(Objects::nonNull)
            .toList();
    return new JobInputs("sha256:" + digest, Digest.of(parts).substring(0, ID_LENGTH));
  }

  /** Returns the request for a Job. */
  static RunRequest request(
      SchemaVersion resource,
      Step step,
      String job,
      String migrationsDigest,
      KnownState knownState) {
    var limits = limits(resource.getSpec().job());
    var parameters = parameters(resource.getSpec().database());
    var rehearsal = rehearsal(resource.getSpec());
    return request(
        resource, step, job, migrationsDigest, knownState, limits, parameters, rehearsal);
  }

  private static RunRequest request(
      SchemaVersion resource,
      Step step,
      String job,
      String migrationsDigest,
      KnownState knownState,
      RunRequest.Limits limits,
      Map<String, String> parameters,
      RunRequest.Rehearsal rehearsal) {
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
        database(spec.database(), parameters),
        flyway(spec),
        spec.migrations().configMaps().size(),
        image == null ? migrationsDigest : knownState.content(),
        knownState.database(),
        new RunRequest.Proofs(
            spec.proofOrDefault().ignoreOrDefault(),
            spec.acceptedDifference(),
            // Also without an acceptance in the spec: the runner then proves the schema anew.
            knownState.accepted(),
            knownState.known(),
            // The default is left out, so that it has the digest of a spec without it.
            spec.proofOrDefault().grantsOrDefault() == ProofSpec.Grants.Note
                ? RunRequest.Grants.Note
                : null),
        ScratchServer.isNeeded(step, spec) ? ScratchServer.address(spec) : null,
        knownState.approvedPlan(),
        image == null ? null : new RunRequest.Image(image.reference(), image.pathOrDefault()),
        limits,
        rehearsal,
        command(spec.migrations().command()),
        knownState.afterLost());
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

  /** Returns the connection parameters, or null if there are none. */
  private static Map<String, String> parameters(DatabaseSpec database) {
    var given = database.parameters();
    return given == null || given.isEmpty() ? null : new TreeMap<>(given);
  }

  /** Returns the limits, or null if the spec has none. */
  private static RunRequest.Limits limits(JobSpec job) {
    if (job == null || job.limits() == null) {
      return null;
    }
    var limits = job.limits();
    return new RunRequest.Limits(
        limits.longestRun().map(JobInputs::seconds).orElse(null),
        seconds(limits.longestLockWait()),
        limits.longestStatement().map(JobInputs::seconds).orElse(null),
        limits.largestRewrite().orElse(null));
  }

  /** Returns how to rehearse, or null for the default. */
  private static RunRequest.Rehearsal rehearsal(SchemaVersionSpec spec) {
    var given = spec.proofOrDefault().rehearsalOrDefault();
    return switch (given.modeOrDefault()) {
      case Schema -> null;
      case Rows ->
          new RunRequest.Rehearsal(
              RunRequest.RehearsalMode.ROWS, given.tablesOrDefault(), given.maxBytes());
      case Off -> new RunRequest.Rehearsal(RunRequest.RehearsalMode.OFF, List.of(), 0);
    };
  }

  private static int seconds(Duration duration) {
    return Math.toIntExact(duration.toSeconds());
  }

  /** Returns the schemas; empty for MariaDB and MySQL, where the database is its only schema. */
  private static List<String> schemas(DatabaseSpec database) {
    return Objects.requireNonNullElse(
        database.schemas(),
        database.engine() == DatabaseSpec.Engine.PostgreSQL ? List.of("public") : List.of());
  }

  /** Returns the digest that stands for the migrations of a tool, whose image no Job reads. */
  public static String migrationsDigest(CommandSpec command) {
    return MigrationsDigest.ofCommand(command(command));
  }

  private static RunRequest.Command command(CommandSpec given) {
    return given == null
        ? null
        : new RunRequest.Command(
            given.image(),
            given.versions(),
            given.migrate(),
            given.stamp(),
            given.history() == null ? null : given.history().tables(),
            given.history() == null ? null : given.history().ignoreColumns(),
            new TreeMap<>(given.filesOrDefault()),
            new TreeMap<>(given.envOrDefault()));
  }

  static RunRequest.Flyway flyway(SchemaVersionSpec spec) {
    var given = Objects.requireNonNullElse(spec.migrations().flyway(), FlywaySpec.DEFAULT);
    var defaults = FlywaySpec.DEFAULT;
    return new RunRequest.Flyway(
        Objects.requireNonNullElse(given.table(), defaults.table()),
        Objects.requireNonNullElse(given.placeholders(), Map.of()),
        Objects.requireNonNullElse(given.outOfOrder(), defaults.outOfOrder()),
        Objects.requireNonNullElse(given.sqlMigrationPrefix(), defaults.sqlMigrationPrefix()),
        Objects.requireNonNullElse(given.sqlMigrationSuffixes(), defaults.sqlMigrationSuffixes()),
        options(given));
  }

  /** Returns null if no option is set: then the request is what it was before there were any. */
  private static FlywayOptions options(FlywaySpec given) {
    var options =
        FlywayOptionsBuilder.builder()
            .placeholderReplacement(given.placeholderReplacement())
            .placeholderPrefix(given.placeholderPrefix())
            .placeholderSuffix(given.placeholderSuffix())
            .placeholderSeparator(given.placeholderSeparator())
            .repeatableSqlMigrationPrefix(given.repeatableSqlMigrationPrefix())
            .baselineMigrationPrefix(given.baselineMigrationPrefix())
            .sqlMigrationSeparator(given.sqlMigrationSeparator())
            .encoding(given.encoding())
            .locations(given.locations())
            .ignoreMigrationPatterns(given.ignoreMigrationPatterns())
            .initSql(given.initSql())
            .installedBy(given.installedBy())
            .createSchemas(given.createSchemas())
            .checksums(checksums(given.checksums()))
            .build();
    return options.equals(FlywayOptions.DEFAULT) ? null : options;
  }

  private static FlywayOptions.Checksums checksums(FlywaySpec.Checksums given) {
    return given == null
        ? null
        : switch (given) {
          case Enforce -> FlywayOptions.Checksums.ENFORCE;
          case Proven -> FlywayOptions.Checksums.PROVEN;
          case Ignore -> FlywayOptions.Checksums.IGNORE;
        };
  }
}
