package dev.schemaversion.operator;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.MigrationsDigest;
import dev.schemaversion.decide.Observed;
import dev.schemaversion.decide.ObservedBuilder;
import dev.schemaversion.decide.Workload;
import dev.schemaversion.desired.JobFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the world around a resource from the caches. What is not there is empty, no error. */
@ApplicationScoped
class Observer {
  private final LivingPods livingPods;
  private final JobFactory factory;
  private final Clock clock;

  Observer(LivingPods livingPods, JobFactory factory, Clock clock) {
    this.livingPods = livingPods;
    this.factory = factory;
    this.clock = clock;
  }

  Observed observe(SchemaVersion resource, Context<SchemaVersion> context) {
    var wanted = EventSources.sources(resource);
    var found =
        context
            .getSecondaryResourcesAsStream(ConfigMap.class)
            .collect(Collectors.toMap(ResourceID::fromResource, Function.identity()));
    var missing =
        wanted.stream().filter(id -> !found.containsKey(id)).map(ResourceID::getName).toList();
    var image = resource.getSpec().migrations().image();
    var digest =
        image != null
            ? image.reference()
            : missing.isEmpty()
                ? MigrationsDigest.ofSources(
                    wanted.stream().map(found::get).map(MigrationSources::digest).toList())
                : null;
    var pods = context.getSecondaryResourcesAsStream(Pod.class).toList();
    var jobs =
        context
            .getSecondaryResourcesAsStream(Job.class)
            .flatMap(job -> JobReader.read(job, pods).stream())
            .toList();
    return ObservedBuilder.builder()
        .resource(resource)
        .missingSources(missing)
        .migrationsDigest(digest)
        .jobs(jobs)
        .workloads(workloads(context, pods))
        .sharing(Shared.with(resource, context.getPrimaryCache()))
        .factory(factory)
        .now(clock.instant())
        .build();
  }

  /** The same, with the pods that live now, and the resource as it was written last. */
  Observed withLiving(SchemaVersion resource, Observed world, Context<SchemaVersion> context) {
    var pods =
        livingPods.in(
            resource.getMetadata().getNamespace(),
            context.getSecondaryResourcesAsStream(Deployment.class).toList());
    return world.with().resource(resource).living(pods).now(clock.instant()).build();
  }

  private static List<Workload> workloads(Context<SchemaVersion> context, List<Pod> pods) {
    return Stream.concat(
            context.getSecondaryResourcesAsStream(Deployment.class).map(Deployments::workload),
            pods.stream().filter(Pods::gated).map(Pods::workload))
        .toList();
  }
}
