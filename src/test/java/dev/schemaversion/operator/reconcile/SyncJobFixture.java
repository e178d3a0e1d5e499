package dev.schemaversion.operator.reconcile;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.desired.JobFactory;
import dev.schemaversion.desired.KnownState;
import dev.schemaversion.desired.ScratchImages;
import dev.schemaversion.operator.watch.FilteredObjects;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The Job of a sync's second attempt, and its pods. */
final class SyncJobFixture {
  static final String MIGRATIONS = "sha256:" + "a1".repeat(32);
  static final String UID = "3d5b7a60-0000-4000-8000-000000000002";

  private SyncJobFixture() {}

  /** Returns the Job as the operator created it. */
  static Job job() {
    try {
      var job =
          new JobFactory("image", ScratchImages.OFFICIAL)
              .job(resource(), Step.SYNC, 2, MIGRATIONS, KnownState.NOTHING);
      job.getMetadata().setUid(UID);
      job.getMetadata().setCreationTimestamp("2026-03-01T12:00:00Z");
      return job;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a pod of the Job with this status, in YAML. */
  static Pod pod(String status) {
    var pod =
        Serialization.unmarshal(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: runner-x
              creationTimestamp: "2026-03-01T12:00:01Z"
              ownerReferences: [{apiVersion: batch/v1, kind: Job, name: j, uid: %s}]
            """
                .formatted(UID),
            Pod.class);
    pod.setStatus(
        status.equals("{}") ? null : Serialization.unmarshal("---\n" + status, PodStatus.class));
    return pod;
  }

  /** Reads the Job with these pods. */
  static ObservedJob read(Job job, Pod... pods) {
    var filtered = Arrays.stream(pods).map(FilteredObjects::of).toList();
    return JobReader.read(FilteredObjects.of(job), filtered).orElseThrow();
  }

  /** Returns the resource that the Job belongs to. */
  static SchemaVersion resource() throws IOException {
    var file = Path.of("src", "test", "resources", "desired", "complete", "in.yaml");
    return Serialization.unmarshal(Files.readString(file), SchemaVersion.class);
  }
}
