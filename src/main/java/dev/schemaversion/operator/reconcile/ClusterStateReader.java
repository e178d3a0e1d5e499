package dev.schemaversion.operator.reconcile;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.MigrationsDigest;
import dev.schemaversion.contract.MigrationsSize;
import dev.schemaversion.contract.Progress;
import dev.schemaversion.decide.ClusterState;
import dev.schemaversion.decide.ClusterStateBuilder;
import dev.schemaversion.decide.SourcesProblem;
import dev.schemaversion.decide.gate.Workload;
import dev.schemaversion.desired.JobFactory;
import dev.schemaversion.desired.JobInputs;
import dev.schemaversion.operator.gate.Deployments;
import dev.schemaversion.operator.gate.LivePodLister;
import dev.schemaversion.operator.gate.Pods;
import dev.schemaversion.operator.progress.ProgressReader;
import dev.schemaversion.operator.watch.ConfigMapEventSource;
import dev.schemaversion.operator.watch.MigrationSources;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Reads the cluster's state around a resource from the caches. An absent object is no error. */
@ApplicationScoped
class ClusterStateReader {
  private static final Logger LOG = Logger.getLogger(ClusterStateReader.class);

  private final LivePodLister livePods;
  private final MigrationSources migrations;
  private final JobFactory factory;
  private final ProgressReader progress;
  private final Clock clock;

  ClusterStateReader(
      LivePodLister livePods,
      MigrationSources migrations,
      JobFactory factory,
      ProgressReader progress,
      Clock clock) {
    this.livePods = livePods;
    this.migrations = migrations;
    this.factory = factory;
    this.progress = progress;
    this.clock = clock;
  }

  ClusterState read(SchemaVersion resource, Context<SchemaVersion> context) {
    var sources = sources(resource);
    var pods = context.getSecondaryResourcesAsStream(Pod.class).toList();
    var ownJobs = context.getSecondaryResourcesAsStream(Job.class).toList();
    var jobs = ownJobs.stream().flatMap(job -> JobReader.read(job, pods).stream()).toList();
    return ClusterStateBuilder.builder()
        .resource(resource)
        .migrationsDigest(sources.digest())
        .sourcesProblem(sources.problem())
        .jobs(jobs)
        .progress(progress(ResourceID.fromResource(resource), ownJobs, pods))
        .workloads(workloads(context, pods))
        .sharedWith(SharedDatabaseIndex.sharing(resource, context.getPrimaryCache()))
        .factory(factory)
        .now(clock.instant())
        .build();
  }

  /** Returns what the runner that runs said last; null if none runs or it said nothing yet. */
  private Progress progress(ResourceID resource, List<Job> jobs, List<Pod> pods) {
    var running = JobReader.runningPod(jobs, pods);
    if (running.isEmpty()) {
      progress.forget(resource);
      return null;
    }
    var pod = running.get();
    return progress
        .follow(resource, pod.getMetadata().getUid(), pod.getStatus().getPodIP())
        .orElse(null);
  }

  /** The digest of the migrations, or the problem that prevents it. */
  private record Sources(String digest, SourcesProblem problem) {}

  private Sources sources(SchemaVersion resource) {
    var spec = resource.getSpec();
    if (spec == null || spec.migrations() == null) {
      return new Sources(null, null);
    }
    var image = spec.migrations().image();
    if (image != null) {
      return new Sources(image.reference(), null);
    }
    var command = spec.migrations().command();
    if (command != null) {
      return new Sources(JobInputs.migrationsDigest(command), null);
    }
    try {
      return configMaps(resource);
    } catch (KubernetesClientException e) {
      // Recording of ended Jobs and the gate must go on without them.
      LOG.warnf(
          "cannot read the ConfigMaps of %s: %s",
          ResourceID.fromResource(resource), e.getMessage());
      return new Sources(null, SourcesProblem.unreadable(e.getMessage()));
    }
  }

  private Sources configMaps(SchemaVersion resource) {
    var digests = new ArrayList<String>();
    var missing = new ArrayList<String>();
    var size = MigrationsSize.NONE;
    for (var id : ConfigMapEventSource.references(resource)) {
      var source = migrations.read(id);
      if (source.isEmpty()) {
        missing.add(id.getName());
        continue;
      }
      digests.add(source.get().digest());
      size = size.plus(source.get().size());
    }
    if (!missing.isEmpty()) {
      return new Sources(null, SourcesProblem.missing(missing));
    }
    var tooLarge = size.problem(factory.heap(resource));
    return tooLarge
        .map(problem -> new Sources(null, SourcesProblem.tooLarge(problem)))
        .orElseGet(() -> new Sources(MigrationsDigest.ofSources(digests), null));
  }

  /**
   * Adds the live pods, listed by a request to the API server, and the resource as it was written
   * last.
   */
  ClusterState withLivePods(
      SchemaVersion resource, ClusterState cluster, Context<SchemaVersion> context) {
    var pods =
        livePods.list(
            resource.getMetadata().getNamespace(),
            context.getSecondaryResourcesAsStream(Deployment.class).toList());
    return cluster.with().resource(resource).livePods(pods).now(clock.instant()).build();
  }

  private static List<Workload> workloads(Context<SchemaVersion> context, List<Pod> pods) {
    return Stream.concat(
            context.getSecondaryResourcesAsStream(Deployment.class).map(Deployments::workload),
            pods.stream().filter(Pods::gated).map(Pods::workload))
        .toList();
  }
}
