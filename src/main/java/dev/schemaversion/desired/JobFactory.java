package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.MigrationsSize;
import dev.schemaversion.contract.Step;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Creates the Job of a step. The Job has labels but no owner reference, because garbage collection
 * would kill it while it runs. For the same reason it has no deadline, no retries and no TTL.
 *
 * @param image the image of the runner, which is that of the operator
 * @param scratchImages the images of the scratch servers by engine
 * @param permissions what resources may ask of the scratch servers
 */
public record JobFactory(
    String image, Map<Engine, ScratchImages> scratchImages, ScratchPermissions permissions) {
  /** The name of the runner's container, whose termination message is the report. */
  public static final String CONTAINER = "runner";

  /**
   * Creates a factory with these images for PostgreSQL, the official ones for other engines, and
   * the default permissions.
   */
  public JobFactory(String image, ScratchImages postgreSql) {
    this(
        image,
        Map.of(
            Engine.PostgreSQL,
            postgreSql,
            Engine.MariaDB,
            ScratchImages.OFFICIAL_MARIADB,
            Engine.MySQL,
            ScratchImages.OFFICIAL_MYSQL),
        ScratchPermissions.DEFAULT);
  }

  /** Returns the maximum heap of a resource's runners, in bytes. */
  public long heap(SchemaVersion resource) {
    var given = resource.getSpec().job();
    var resources =
        given == null || given.resources() == null
            ? RunnerPod.DEFAULT_RESOURCES
            : given.resources();
    var limit = resources.getLimits() == null ? null : resources.getLimits().get("memory");
    if (limit == null) {
      // Without a limit the node's memory is available.
      return Long.MAX_VALUE;
    }
    try {
      return (long) (limit.getNumericalAmount().doubleValue() * MigrationsSize.HEAP);
    } catch (IllegalArgumentException e) {
      // An invalid quantity: the API server rejects the Job with a better message.
      return Long.MAX_VALUE;
    }
  }

  /**
   * Returns the Job of a step.
   *
   * @param migrationsDigest the digest of the migrations for which it is created
   * @param knownState what the operator knows about the database
   */
  public Job job(
      SchemaVersion resource,
      Step step,
      int attempt,
      String migrationsDigest,
      KnownState knownState) {
    var metadata = resource.getMetadata();
    var inputs = JobInputs.of(resource, step, migrationsDigest, knownState.trigger());
    var name = new JobName(metadata.getName(), step, inputs.id(), attempt).toString();
    var request =
        JobRequest.of(
            resource,
            step,
            name,
            migrationsDigest,
            knownState,
            RunConditions.of(resource.getSpec()));
    var scratchImage =
        ScratchServer.isNeeded(step, resource.getSpec()) || knownState.first()
            ? images(resource).forServer(knownState.serverVersion())
            : null;
    var labels =
        Map.of(
            Labels.MANAGED_BY, Labels.OPERATOR,
            Labels.RESOURCE, metadata.getName(),
            Labels.STEP, step.label(),
            Labels.INPUTS, inputs.id(),
            Labels.ATTEMPT, Integer.toString(attempt));
    return new JobBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(metadata.getNamespace())
        .withLabels(new TreeMap<>(labels))
        .addToAnnotations(Labels.INPUTS_DIGEST, inputs.digest())
        .addToAnnotations(Labels.ADDRESS, DatabaseAddress.of(resource.getSpec()))
        .addToAnnotations(Labels.SERVER, DatabaseServer.of(resource))
        .addToAnnotations(Labels.TEMPLATE, templateDigest(resource))
        .endMetadata()
        .withNewSpec()
        .withBackoffLimit(0)
        .withCompletions(1)
        .withParallelism(1)
        .withPodReplacementPolicy("Failed")
        .withTemplate(
            new RunnerPod(image)
                .template(resource, labels, escape(Codec.write(request)), scratchImage))
        .endSpec()
        .build();
  }

  /**
   * Escapes a text for an environment variable. The kubelet replaces {@code $$} and {@code
   * $(NAME)}, and Flyway placeholders may contain either.
   */
  private static String escape(String text) {
    return text.replace("$", "$$");
  }

  /** Returns a digest of the pod template, independent of step and attempt. */
  public String templateDigest(SchemaVersion resource) {
    var images = images(resource);
    return "sha256:"
        + Digest.of(
            List.of(
                new RunnerPod(image).template(resource, Map.of(), "", images.forServer(null)),
                images));
  }

  private ScratchImages images(SchemaVersion resource) {
    return scratchImages.get(resource.getSpec().database().engine());
  }
}
