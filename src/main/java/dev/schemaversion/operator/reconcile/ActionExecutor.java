package dev.schemaversion.operator.reconcile;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.ClusterState;
import dev.schemaversion.desired.Labels;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Preconditions;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Executes the actions of a decision. Each action is idempotent. */
@ApplicationScoped
class ActionExecutor {
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final JobCreator jobCreator;
  private final LiveJobLister liveJobs;
  private final Events events;
  private final PreconditionedDelete preconditionedDelete;

  ActionExecutor(
      KubernetesClient client,
      JobCreator jobCreator,
      LiveJobLister liveJobs,
      Events events,
      PreconditionedDelete preconditionedDelete) {
    this.client = client;
    this.jobCreator = jobCreator;
    this.liveJobs = liveJobs;
    this.events = events;
    this.preconditionedDelete = preconditionedDelete;
  }

  /**
   * Executes the actions in their order. Events are emitted last, also when another action fails: a
   * request for each must not make the decision stale before its Job is created.
   *
   * @param resource the resource after its status was written
   * @param cluster the state that the decision was made from
   * @return the resource after the last action
   */
  SchemaVersion execute(List<Action> actions, SchemaVersion resource, ClusterState cluster) {
    var current = resource;
    try {
      for (var action : actions) {
        current = execute(action, current, cluster);
      }
      return current;
    } finally {
      emitEvents(actions, current);
    }
  }

  private SchemaVersion execute(Action action, SchemaVersion resource, ClusterState cluster) {
    switch (action) {
      case Action.AddFinalizer() -> {
        return patchFinalizers(resource, list -> with(list, Names.FINALIZER));
      }
      case Action.RemoveFinalizer() -> {
        return removeFinalizer(resource);
      }
      case Action.CreateJob create -> jobCreator.create(create, resource, cluster);
      case Action.AdoptJob(var job, var uid) -> adopt(resource, job, uid);
      case Action.DeleteEndedJob(var job, var uid) ->
          deleteJob(resource, job, new Preconditions(null, uid));
      case Action.ReplacePendingJob(var job, var uid) -> deletePendingJob(resource, job, uid);
      case Action.EmitEvent ignored -> {
        // emitEvents
      }
    }
    return resource;
  }

  private void emitEvents(List<Action> actions, SchemaVersion resource) {
    for (var action : actions) {
      if (action instanceof Action.EmitEvent(var warning, var reason, var note)) {
        events.emit(resource, warning, reason, note);
      }
    }
  }

  /**
   * Removes the finalizer, unless the API server has a Job without an owner. The result of such a
   * Job is not recorded yet, and the cache may lack the Job; its event triggers the next attempt.
   */
  private SchemaVersion removeFinalizer(SchemaVersion resource) {
    boolean allRecorded =
        liveJobs.list(resource).stream()
            .noneMatch(job -> job.getMetadata().getOwnerReferences().isEmpty());
    return allRecorded
        ? patchFinalizers(resource, list -> without(list, Names.FINALIZER))
        : resource;
  }

  private SchemaVersion patchFinalizers(
      SchemaVersion resource, UnaryOperator<List<String>> change) {
    var metadata = resource.getMetadata();
    // A merge patch replaces the whole list, so it must apply to the version that was read.
    return patch(
        resource,
        Map.of(
            "metadata",
            Map.of(
                "resourceVersion",
                metadata.getResourceVersion(),
                "finalizers",
                change.apply(metadata.getFinalizers()))));
  }

  private SchemaVersion patch(SchemaVersion resource, Map<String, ?> merge) {
    return client
        .resources(SchemaVersion.class)
        .inNamespace(resource.getMetadata().getNamespace())
        .withName(resource.getMetadata().getName())
        .patch(MERGE, client.getKubernetesSerialization().asJson(merge));
  }

  private static List<String> with(List<String> list, String item) {
    var changed = new ArrayList<>(list);
    changed.add(item);
    return changed;
  }

  private static List<String> without(List<String> list, String item) {
    return list.stream().filter(other -> !other.equals(item)).toList();
  }

  private void adopt(SchemaVersion resource, String job, String uid) {
    var owner =
        new OwnerReferenceBuilder()
            .withApiVersion(resource.getApiVersion())
            .withKind(resource.getKind())
            .withName(resource.getMetadata().getName())
            .withUid(resource.getMetadata().getUid())
            .withController(true)
            .withBlockOwnerDeletion(false)
            .build();
    try {
      jobs(resource)
          .withName(job)
          .patch(
              MERGE,
              client
                  .getKubernetesSerialization()
                  .asJson(
                      Map.of("metadata", Map.of("uid", uid, "ownerReferences", List.of(owner)))));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  /** Deletes a Job and its pods, if the runner has still not started. */
  private void deletePendingJob(SchemaVersion resource, String job, String uid) {
    // The API server is asked and not the cache: the runner may have started in the meantime.
    var pods =
        client
            .pods()
            .inNamespace(resource.getMetadata().getNamespace())
            .withLabel(Labels.MANAGED_BY, Labels.OPERATOR)
            .withLabel("batch.kubernetes.io/controller-uid", uid)
            .list()
            .getItems();
    if (!pods.stream().map(RunnerPod::new).allMatch(RunnerPod::neverStarted)) {
      return;
    }
    var current = jobs(resource).withName(job).get();
    if (current == null || !current.getMetadata().getUid().equals(uid)) {
      return;
    }
    pods.forEach(preconditionedDelete::pod);
    // The resourceVersion of the deleted pod proves that the runner did not start. Without a pod,
    // the Job itself must be unchanged.
    deleteJob(
        resource,
        job,
        new Preconditions(pods.isEmpty() ? current.getMetadata().getResourceVersion() : null, uid));
  }

  private void deleteJob(SchemaVersion resource, String job, Preconditions preconditions) {
    preconditionedDelete.job(resource.getMetadata().getNamespace(), job, preconditions);
  }

  private NonNamespaceOperation<Job, JobList, ScalableResource<Job>> jobs(SchemaVersion resource) {
    return client.batch().v1().jobs().inNamespace(resource.getMetadata().getNamespace());
  }
}
