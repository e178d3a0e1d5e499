package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.CommandSpec;
import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.MigrationsDigest;
import dev.schemaversion.contract.Step;
import java.util.Arrays;
import java.util.Objects;
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
    var conditions = RunConditions.of(resource.getSpec());
    var request =
        JobRequest.of(resource, step, "", migrationsDigest, KnownState.NOTHING, RunConditions.NONE);
    var digest = Digest.of(Arrays.asList(request, resource.getSpec().database().secretRef()));
    var annotations = resource.getMetadata().getAnnotations();
    var retry = annotations == null ? "" : annotations.getOrDefault(Names.RETRY, "");
    var parts =
        Stream.of(
                digest,
                retry,
                trigger,
                conditions.limits(),
                conditions.parameters(),
                conditions.rehearsal())
            .filter(Objects::nonNull)
            .toList();
    return new JobInputs("sha256:" + digest, Digest.of(parts).substring(0, ID_LENGTH));
  }

  /** Returns the digest that stands for the migrations of a tool, whose image no Job reads. */
  public static String migrationsDigest(CommandSpec command) {
    return MigrationsDigest.ofCommand(JobRequest.command(command));
  }
}
