package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.DatabaseSpec;
import dev.schemaversion.api.v1alpha1.DriftSpec;
import dev.schemaversion.api.v1alpha1.JobSpec;
import dev.schemaversion.api.v1alpha1.MigrationsSpec;
import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.RehearsalSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Parameter;
import dev.schemaversion.decide.gate.HeldWorkloads;
import dev.schemaversion.decide.gate.RecordedVersion;
import dev.schemaversion.decide.gate.VersionOrder;
import dev.schemaversion.decide.rule.RuleResult;
import dev.schemaversion.decide.status.Conditions;
import dev.schemaversion.decide.status.EventPolicy;
import dev.schemaversion.decide.status.RecordedState;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Validates a resource that the API server stored under an earlier CRD and would reject today. For
 * an invalid resource no Job starts, and the gate holds every workload that requires it.
 */
public final class SpecValidation {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?");

  /** The CRD's maximum. */
  private static final Duration MAX_LIMIT = Duration.ofDays(7);

  /** The cache keeps no more, so that an update of a longer list would lose some. */
  private static final int MAX_FINALIZERS = 64;

  private SpecValidation() {}

  /** Returns what is wrong with a resource; empty if it is valid. */
  public static Optional<String> problem(SchemaVersion resource) {
    var spec = resource.getSpec();
    if (resource.getUnreadable() != null) {
      return Optional.of(
          "this release of the operator cannot parse %s: if a newer release wrote the field, upgrade the operator"
              .formatted(resource.getUnreadable()));
    }
    if (resource.getMetadata().getFinalizers().size() >= MAX_FINALIZERS) {
      return Optional.of("metadata.finalizers has more than 63 entries");
    }
    if (!NAME.matcher(resource.getMetadata().getName()).matches()) {
      return Optional.of("metadata.name must be at most 40 lower-case letters, digits and hyphens");
    }
    if (spec == null || spec.database() == null || spec.migrations() == null) {
      return Optional.of("spec.database and spec.migrations are required");
    }
    return database(spec.database())
        .or(() -> migrations(spec.migrations()))
        .or(() -> version(spec))
        .or(() -> drift(spec.driftOrDefault()))
        .or(() -> rehearsal(spec.proofOrDefault().rehearsalOrDefault()))
        .or(() -> limits(spec.job()));
  }

  /** Versions that are numbers need no list; whether a name is in the list is up to the rules. */
  private static Optional<String> version(SchemaVersionSpec spec) {
    var versions = VersionOrder.of(spec);
    if (!isVersion(versions, spec.version())) {
      return Optional.of("spec.version is not a version");
    }
    var claimed = spec.migrations().command() == null ? null : spec.baselineVersion();
    return claimed == null || isVersion(versions, claimed)
        ? Optional.empty()
        : Optional.of("spec.baseline.version is not a version");
  }

  private static boolean isVersion(VersionOrder versions, String version) {
    return version != null
        && (versions.byName() ? CommandValidation.isName(version) : versions.knows(version));
  }

  private static Optional<String> database(DatabaseSpec database) {
    if (database.engine() == null) {
      return Optional.of("spec.database.engine is required");
    }
    if (database.secretRef() == null || database.secretRef().name() == null) {
      return Optional.of("spec.database.secretRef.name is required");
    }
    var tls = database.tls();
    if (tls != null
        && (tls.mode() == null || (tls.caRef() != null && tls.caRef().configMap() == null))) {
      return Optional.of("spec.database.tls.mode is required, and with caRef also caRef.configMap");
    }
    return Parameter.problem(database.engine().name(), database.parameters());
  }

  private static Optional<String> migrations(MigrationsSpec migrations) {
    var image = migrations.image();
    var command = migrations.command();
    var folders = migrations.configMaps();
    if (Stream.of(image != null, command != null, !folders.isEmpty()).filter(set -> set).count()
        != 1) {
      return Optional.of(
          "spec.migrations must have exactly one of configMapRefs, image and command");
    }
    if (command != null) {
      return CommandValidation.problem(command);
    }
    if (image != null && image.reference() == null) {
      return Optional.of("spec.migrations.image.reference is required");
    }
    return folders.stream().anyMatch(ref -> ref == null || ref.name() == null)
        ? Optional.of("spec.migrations.configMapRefs: each item requires a name")
        : Optional.empty();
  }

  private static Optional<String> drift(DriftSpec drift) {
    try {
      return drift.every().isNegative()
          ? Optional.of("spec.drift.interval is negative")
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.of("spec.drift.interval is not a duration");
    }
  }

  private static Optional<String> rehearsal(RehearsalSpec rehearsal) {
    try {
      return rehearsal.maxBytes() <= 0
          ? Optional.of("spec.proof.rehearsal.maxSize is not positive")
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.of("spec.proof.rehearsal.maxSize is not a size such as 500Mi or 20Gi");
    }
  }

  private static Optional<String> limits(JobSpec job) {
    if (job == null || job.limits() == null) {
      return Optional.empty();
    }
    try {
      var limits = job.limits();
      boolean valid =
          Stream.of(
                  limits.longestRun(),
                  Optional.of(limits.longestLockWait()),
                  limits.longestStatement())
              .flatMap(Optional::stream)
              .noneMatch(limit -> limit.isNegative() || limit.compareTo(MAX_LIMIT) > 0);
      return valid ? Optional.empty() : Optional.of("spec.job.limits has a duration above 168h");
    } catch (DateTimeException e) {
      return Optional.of("spec.job.limits has an invalid duration");
    }
  }

  /** Returns whether the status cannot be parsed, so that writing another would lose fields. */
  private static boolean statusIsUnreadable(SchemaVersion resource) {
    var field = resource.getUnreadable();
    return field != null && field.startsWith("status");
  }

  /** Returns the decision for an invalid resource. The recorded state stays as it is. */
  static Decision decision(ClusterState cluster, SchemaVersionStatus before, String problem) {
    if (statusIsUnreadable(cluster.resource())) {
      var warning = new Action.EmitEvent(true, Outcome.INVALID_REQUEST.reason(), problem);
      return new Decision(null, List.of(warning), Optional.empty(), false, JobDemand.NONE);
    }
    // The recorded state belongs to the database of the last valid spec, so it does not count now.
    var context = new ReconcileContext(cluster, RecordedState.of(SchemaVersionStatus.NONE, null));
    var result =
        RuleResult.stalled(
            Outcome.INVALID_REQUEST.reason(),
            problem + ". The operator does nothing for this resource until it is corrected.");
    var metadata = cluster.resource().getMetadata();
    var held = HeldWorkloads.of(cluster, new RecordedVersion(true, null, before.target()), before);
    var status =
        before
            .with()
            .observedGeneration(metadata.getGeneration())
            .version(null)
            .reached(null)
            .ahead(null)
            .held(held.size())
            .conditions(
                new Conditions(before.conditions(), metadata.getGeneration(), cluster.now())
                    .of(context, result, held))
            .workloads(held.stream().limit(HeldWorkloads.LISTED).toList())
            .build();
    var actions = new ArrayList<Action>();
    if (before.conditions().stream()
        .filter(condition -> condition.getType().equals(ConditionType.Ready.name()))
        .noneMatch(condition -> condition.getReason().equals(result.reason()))) {
      actions.add(new Action.EmitEvent(true, result.reason(), result.message()));
    }
    actions.addAll(EventPolicy.held(held, before));
    var finalizers = Objects.requireNonNullElse(metadata.getFinalizers(), List.<String>of());
    if (context.activeJob().isEmpty() && finalizers.contains(Names.FINALIZER)) {
      actions.add(new Action.RemoveFinalizer());
    }
    return new Decision(
        status, List.copyOf(actions), result.requeueAfter(), false, result.demand());
  }
}
