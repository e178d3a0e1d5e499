package dev.schemaversion.cli.option;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpecBuilder;
import dev.schemaversion.contract.MigrationsDigest;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.request.FlywaySettings;
import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.desired.JobRequest;
import dev.schemaversion.runner.LocalCheck;
import dev.schemaversion.runner.LocalInputs;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a command is about.
 *
 * @param resource the SchemaVersion that options and manifest amount to
 * @param inputs the credentials and the migrations
 */
public record Setup(SchemaVersion resource, LocalInputs inputs) {
  private static final String NAME = "command-line";

  static Setup of(
      Manifest manifest,
      SchemaVersionSpec spec,
      Map<String, byte[]> files,
      Map<String, String> connection,
      Path authority) {
    var resource = new SchemaVersion();
    resource.setMetadata(
        new ObjectMetaBuilder()
            .withName(manifest == null ? NAME : manifest.resource().getMetadata().getName())
            .build());
    resource.setSpec(spec);
    var setup = new Setup(resource, new LocalInputs(connection, authority, files));
    return spec.version() == null ? setup.toNewest() : setup;
  }

  private Setup toNewest() {
    var newest = LocalCheck.names(inputs.files(), flyway(), engine()).newest();
    // Without any migration there is no version, and the run says so.
    resource.setSpec(
        SchemaVersionSpecBuilder.builder(resource.getSpec())
            .version(newest == null ? "0" : newest)
            .build());
    return this;
  }

  /** The engine's name. */
  public String engine() {
    return resource.getSpec().database().engine().name();
  }

  /** The claimed version; null if nothing is claimed. */
  public String claim() {
    return resource.getSpec().baselineVersion();
  }

  /** How Flyway reads the migrations. */
  public FlywaySettings flyway() {
    return request(Step.PROVE, null).flyway();
  }

  /**
   * The request of a run.
   *
   * @param scratch the scratch server, or null
   */
  public RunRequest request(Step step, RequestedScratch scratch) {
    var digest = MigrationsDigest.ofSources(List.of(MigrationsDigest.ofSource(inputs.files())));
    return JobRequest.withoutJob(resource, step, digest, scratch);
  }
}
