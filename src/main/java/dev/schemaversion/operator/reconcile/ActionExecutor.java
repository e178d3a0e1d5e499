package dev.schemaversion.operator.reconcile;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.ClusterState;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.desired.Labels;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Preconditions;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/** Does what was decided. Everything here may happen twice. */
@ApplicationScoped
class ActionExecutor {
  private static final Logger LOG = Logger.getLogger(ActionExecutor.class);
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;

  /** It would try again for a minute and a half what is not answered. */
  private final KubernetesClient once;

  private final Events events;
  private final PreconditionedDelete deletions;
  private final Clock clock;

  ActionExecutor(
      KubernetesClient client, Events events, PreconditionedDelete deletions, Clock clock) {
    this.client = client;
    this.once =
        client
            .newClient(new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build())
            .adapt(KubernetesClient.class);
    this.events = events;
    this.deletions = deletions;
    this.clock = clock;
  }

  /**
   * Applies the actions in their order.
   *
   * @param resource the resource after its status was written
   * @param cluster what the decision was made from
   * @return the resource as it is now
   */
  SchemaVersion apply(List<Action> actions, SchemaVersion resource, ClusterState cluster) {
    var current = resource;
    for (var action : actions) {
      switch (action) {
        case Action.AddFinalizer() ->
            current = finalizers(current, list -> with(list, Names.FINALIZER));
        case Action.RemoveFinalizer() -> current = letGo(current);
        case Action.CreateJob create -> create(create, current, cluster);
        case Action.AdoptJob(var job, var uid) -> adopt(current, job, uid);
        case Action.DeleteEndedJob(var job, var uid) ->
            deleteJob(current, job, new Preconditions(null, uid));
        case Action.ReplacePendingJob(var job, var uid) -> replace(current, job, uid);
        case Action.EmitEvent(var warning, var reason, var note) ->
            events.record(current, warning, reason, note);
      }
    }
    return current;
  }

  /**
   * Asked anew, not from the cache: a Job that was made a moment ago may not be in it. Whoever is
   * not adopted has not been recorded, and the event that shows it is on its way.
   */
  private SchemaVersion letGo(SchemaVersion resource) {
    boolean recorded =
        present(resource).stream()
            .noneMatch(job -> job.getMetadata().getOwnerReferences().isEmpty());
    return recorded ? finalizers(resource, list -> without(list, Names.FINALIZER)) : resource;
  }

  private SchemaVersion finalizers(SchemaVersion resource, UnaryOperator<List<String>> change) {
    var metadata = resource.getMetadata();
    // A merge patch replaces the list, so it must be of the version that was read.
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

  private void create(Action.CreateJob create, SchemaVersion resource, ClusterState cluster) {
    var job =
        cluster
            .factory()
            .job(
                resource,
                create.step(),
                create.attempt(),
                cluster.migrationsDigest(),
                create.knownState());
    try {
      StaleDecisionException.checkAlone(unseen(resource, job, cluster));
      StaleDecisionException.checkTime(Duration.between(cluster.now(), clock.instant()));
      once.resource(job).create();
      LOG.infof("created Job %s/%s", job.getMetadata().getNamespace(), job.getMetadata().getName());
      if (create.step() == Step.VERIFY) {
        // One each hour, on each resource, would hide the others.
        return;
      }
      events.record(
          resource,
          false,
          Reason.JobCreated.name(),
          "Job %s, attempt %d, towards version %s"
              .formatted(
                  job.getMetadata().getName(), create.attempt(), resource.getSpec().version()));
    } catch (KubernetesClientException e) {
      // There already: decided from a cache that lags. The name says that it is the same Job.
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return;
      }
      if (ApiRejection.is(e)) {
        events.record(
            resource,
            true,
            Reason.JobRefused.name(),
            "the API server refuses Job %s, so nothing is done to the database until a quota or policy of this namespace lets it in; it is tried again by itself. The API server says: %s"
                .formatted(job.getMetadata().getName(), e.getMessage()));
      }
      throw e;
    }
  }

  /**
   * Asked anew, not from the cache: the Jobs beside this one that the decision does not know of.
   * One that was made a moment ago would look as if somebody had deleted it.
   */
  private List<String> unseen(SchemaVersion resource, Job made, ClusterState cluster) {
    var seen = cluster.jobs().stream().map(ObservedJob::uid).toList();
    return present(resource).stream()
        .map(Job::getMetadata)
        .filter(job -> !seen.contains(job.getUid()))
        .map(ObjectMeta::getName)
        .filter(name -> !name.equals(made.getMetadata().getName()))
        .toList();
  }

  private List<Job> present(SchemaVersion resource) {
    return jobs(resource)
        .withLabel(Labels.MANAGED_BY, Labels.OPERATOR)
        .withLabel(Labels.RESOURCE, resource.getMetadata().getName())
        .list()
        .getItems()
        .stream()
        // Anybody may write our labels; what is not ours hinders nothing.
        .filter(job -> JobReader.read(job, List.of()).isPresent())
        .toList();
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

  private void replace(SchemaVersion resource, String job, String uid) {
    var pods =
        client
            .pods()
            .inNamespace(resource.getMetadata().getNamespace())
            .withLabel(Labels.MANAGED_BY, Labels.OPERATOR)
            .withLabel("batch.kubernetes.io/controller-uid", uid)
            .list()
            .getItems();
    // Asked anew, not from the cache: a runner that has started since is left alone.
    if (!pods.stream().allMatch(JobReader::neverStarted)) {
      return;
    }
    var found = jobs(resource).withName(job).get();
    if (found == null || !found.getMetadata().getUid().equals(uid)) {
      return;
    }
    pods.forEach(deletions::pod);
    // With a pod, that pod's resourceVersion has spoken; without one, the Job's must not change.
    deleteJob(
        resource,
        job,
        new Preconditions(pods.isEmpty() ? found.getMetadata().getResourceVersion() : null, uid));
  }

  private void deleteJob(SchemaVersion resource, String job, Preconditions preconditions) {
    deletions.job(resource.getMetadata().getNamespace(), job, preconditions);
  }

  private NonNamespaceOperation<Job, JobList, ScalableResource<Job>> jobs(SchemaVersion resource) {
    return client.batch().v1().jobs().inNamespace(resource.getMetadata().getNamespace());
  }
}
