package dev.schemaversion.operator.reconcile;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.ClusterState;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.operator.queue.JobQueue;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Creates Jobs. A Job is created only while the decision that asks for it still holds: the decision
 * is recent, and it was made with knowledge of all other Jobs of the resource.
 */
@ApplicationScoped
class JobCreator {
  private static final Logger LOG = Logger.getLogger(JobCreator.class);

  /** Sends each request once. The default client retries an unanswered request for 90 seconds. */
  private final KubernetesClient clientWithoutRetries;

  private final LiveJobLister liveJobs;
  private final Events events;
  private final NeverCreatedSyncs neverCreated;
  private final JobQueue queue;
  private final Clock clock;

  JobCreator(
      KubernetesClient client,
      LiveJobLister liveJobs,
      Events events,
      NeverCreatedSyncs neverCreated,
      JobQueue queue,
      Clock clock) {
    this.clientWithoutRetries =
        client
            .newClient(new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build())
            .adapt(KubernetesClient.class);
    this.liveJobs = liveJobs;
    this.events = events;
    this.neverCreated = neverCreated;
    this.queue = queue;
    this.clock = clock;
  }

  /**
   * Creates the Job of a step, unless it exists.
   *
   * @param resource the resource after its status was written
   * @param cluster the state that the decision was made from
   * @throws StaleDecisionException if the decision is too old, or did not know of another Job
   * @throws KubernetesClientException if the API server rejects the Job or does not answer
   */
  void create(Action.CreateJob action, SchemaVersion resource, ClusterState cluster) {
    var job =
        cluster
            .factory()
            .job(
                resource,
                action.step(),
                action.attempt(),
                cluster.migrationsDigest(),
                action.knownState());
    var name = job.getMetadata().getName();
    neverCreated.add(resource, name);
    StaleDecisionException.checkNoUnknownJobs(unknownJobs(resource, job, cluster));
    StaleDecisionException.checkAge(Duration.between(cluster.now(), clock.instant()));
    neverCreated.remove(resource);
    queue.sending(resource, name);
    try {
      clientWithoutRetries.resource(job).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        // The Job exists and the cache lags. The name contains the inputs, so it is the same Job.
        return;
      }
      if (ApiRejection.is(e)) {
        neverCreated.add(resource, name);
        queue.rejected(resource);
        emitRejected(resource, job, e);
      }
      throw e;
    }
    LOG.infof("created Job %s/%s", job.getMetadata().getNamespace(), name);
    if (action.step() != Step.VERIFY) {
      // An Event for each hourly verify Job would hide the other Events.
      emitCreated(resource, job, action.attempt());
    }
  }

  /** Returns the names of the resource's other Jobs that the decision did not know of. */
  private List<String> unknownJobs(SchemaVersion resource, Job created, ClusterState cluster) {
    var known = cluster.jobs().stream().map(ObservedJob::uid).toList();
    return liveJobs.list(resource).stream()
        .map(Job::getMetadata)
        .filter(job -> !known.contains(job.getUid()))
        .map(ObjectMeta::getName)
        .filter(name -> !name.equals(created.getMetadata().getName()))
        .toList();
  }

  private void emitCreated(SchemaVersion resource, Job job, int attempt) {
    events.emit(
        resource,
        false,
        Reason.JobCreated.name(),
        "created Job %s, attempt %d, for version %s"
            .formatted(job.getMetadata().getName(), attempt, resource.getSpec().version()));
  }

  private void emitRejected(SchemaVersion resource, Job job, KubernetesClientException rejection) {
    events.emit(
        resource,
        true,
        Reason.JobRefused.name(),
        "the API server rejects Job %s; the database is unchanged, and the operator retries. Change the quota or policy that the API server names: %s"
            .formatted(job.getMetadata().getName(), rejection.getMessage()));
  }
}
