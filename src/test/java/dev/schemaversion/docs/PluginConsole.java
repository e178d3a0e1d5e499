package dev.schemaversion.docs;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.cli.kubectl.Plugin;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.ObservedJob.State;
import dev.schemaversion.decide.SimulatedCluster;
import dev.schemaversion.decide.gate.VersionRequirement;
import dev.schemaversion.decide.gate.Workload;
import dev.schemaversion.desired.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSetList;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentList;
import io.fabric8.kubernetes.api.model.apps.DeploymentListBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetList;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobListBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the kubectl plugin prints about a simulated cluster. */
final class PluginConsole {
  private static final String NAMESPACE = "/namespaces/glance/";
  private static final String RESOURCE =
      "/apis/schemaversion.dev/v1alpha1" + NAMESPACE + "schemaversions/glance";
  private static final String OF_RESOURCE = "?labelSelector=schemaversion.dev%2Fresource%3Dglance";
  private static final String ABOUT_RESOURCE =
      "?fieldSelector=involvedObject.kind%3DSchemaVersion%2CinvolvedObject.name%3Dglance";
  private static final String LABELLED = "?labelSelector=schemaversion.dev%2Frequires";

  private PluginConsole() {}

  /** Runs a command; the user agrees to each question. */
  static String run(SimulatedCluster cluster, String... arguments) {
    var server = new KubernetesMockServer(false);
    server.init();
    try {
      serve(server, cluster);
      serveOperator(server);
      return new Plugin(server).at(cluster.now()).typing("y\n").console(arguments);
    } finally {
      server.destroy();
    }
  }

  private static void serve(KubernetesMockServer server, SimulatedCluster cluster) {
    get(server, RESOURCE, cluster.resource());
    server
        .expect()
        .patch()
        .withPath(RESOURCE + "?fieldManager=kubectl-schemaversion")
        .andReturn(200, cluster.resource())
        .always();
    get(
        server,
        "/apis/batch/v1" + NAMESPACE + "jobs" + OF_RESOURCE,
        new JobListBuilder()
            .withItems(cluster.jobs().stream().map(PluginConsole::job).toList())
            .build());
    get(
        server,
        "/api/v1" + NAMESPACE + "pods" + OF_RESOURCE,
        new PodListBuilder()
            .withItems(
                cluster.jobs().stream()
                    .filter(job -> job.state() != State.PENDING)
                    .map(PluginConsole::pod)
                    .toList())
            .build());
    get(
        server,
        "/apis/apps/v1" + NAMESPACE + "deployments" + LABELLED,
        new DeploymentListBuilder()
            .withItems(cluster.workloads().stream().map(PluginConsole::deployment).toList())
            .build());
    get(server, "/apis/apps/v1" + NAMESPACE + "statefulsets" + LABELLED, new StatefulSetList());
    get(server, "/apis/apps/v1" + NAMESPACE + "daemonsets" + LABELLED, new DaemonSetList());
    get(server, "/api/v1" + NAMESPACE + "events" + ABOUT_RESOURCE, new EventList());
    for (var job : cluster.jobs()) {
      get(
          server,
          "/api/v1" + NAMESPACE + "pods/" + job.name() + "-x7k2p/log?pretty=false&container=runner",
          "0.4 s  connected to PostgreSQL 17.2\n1.3 s  the schema equals version 9\n");
    }
  }

  /** What only a report asks for. */
  private static void serveOperator(KubernetesMockServer server) {
    var label = "?labelSelector=app.kubernetes.io%2Fname%3Dschemaversion-operator";
    var namespace = "/namespaces/schemaversion-system/";
    get(server, "/apis/apps/v1" + namespace + "deployments" + label, new DeploymentList());
    get(server, "/api/v1" + namespace + "pods" + label, new PodList());
    for (var plural : List.of("mutatingadmissionpolicies", "mutatingadmissionpolicybindings")) {
      get(
          server,
          "/apis/admissionregistration.k8s.io/v1/"
              + plural
              + "?labelSelector=app.kubernetes.io%2Fcomponent%3Dgate",
          new GenericKubernetesResourceList());
    }
  }

  /**
   * Adopts a folder of migrations.
   *
   * @param answered the cluster in which the question was refused
   */
  static String adopt(SimulatedCluster answered, Path migrations) {
    var server = new KubernetesMockServer(false);
    server.init();
    try {
      var configMaps = "/api/v1" + NAMESPACE + "configmaps";
      var resources = "/apis/schemaversion.dev/v1alpha1" + NAMESPACE + "schemaversions";
      server.expect().post().withPath(configMaps).andReturn(201, new ConfigMap()).always();
      server.expect().post().withPath(resources).andReturn(201, answered.resource()).always();
      server
          .expect()
          .get()
          .withPath(resources + "/glance-ask")
          .andReturn(200, answered.resource())
          .once();
      server
          .expect()
          .delete()
          .withPath(resources + "/glance-ask")
          .andReturn(200, answered.resource())
          .always();
      server
          .expect()
          .delete()
          .withPath(configMaps + "/glance-ask-migrations")
          .andReturn(200, new ConfigMap())
          .always();
      return new Plugin(server)
          .typing("y\n")
          .console(
              "adopt",
              "glance",
              "--migrations",
              migrations.toString(),
              "--secret",
              "glance-db",
              "--ask")
          .replace(migrations.toString(), "migrations");
    } finally {
      server.destroy();
    }
  }

  private static void get(KubernetesMockServer server, String path, Object answer) {
    server.expect().get().withPath(path).andReturn(200, answer).always();
  }

  private static Job job(ObservedJob job) {
    return new JobBuilder()
        .withNewMetadata()
        .withName(job.name())
        .withNamespace("glance")
        .withCreationTimestamp(job.created().toString())
        .addToLabels(Labels.RESOURCE, "glance")
        .addToLabels(Labels.STEP, job.step().label())
        .addToLabels(Labels.ATTEMPT, Integer.toString(job.attempt()))
        .endMetadata()
        .build();
  }

  private static Pod pod(ObservedJob job) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(job.name() + "-x7k2p")
        .withNamespace("glance")
        .withCreationTimestamp(job.created().toString())
        .addToLabels(Labels.RESOURCE, "glance")
        .addToLabels(Labels.STEP, job.step().label())
        .addNewOwnerReference()
        .withName(job.name())
        .endOwnerReference()
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("runner")
        .endContainer()
        .endSpec()
        .withNewStatus()
        .addNewContainerStatus()
        .withName("runner")
        .withNewState()
        .withNewRunning(String.valueOf(job.startedAt()))
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private static Deployment deployment(Workload workload) {
    var requirement = workload.needs().requirements().getFirst();
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(workload.name())
        .withNamespace("glance")
        .addToLabels(Names.REQUIRES, requirement.name())
        .endMetadata()
        .withNewSpec()
        .withReplicas(2)
        .withNewTemplate()
        .withNewMetadata()
        .withAnnotations(annotations(requirement))
        .endMetadata()
        .endTemplate()
        .endSpec()
        .withNewStatus()
        .withReadyReplicas(workload.held() ? 0 : 2)
        .endStatus()
        .build();
  }

  private static Map<String, String> annotations(VersionRequirement requirement) {
    return requirement.max() == null
        ? Map.of(Names.MIN_VERSION, requirement.min())
        : Map.of(Names.MIN_VERSION, requirement.min(), Names.MAX_VERSION, requirement.max());
  }
}
