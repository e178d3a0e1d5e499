package dev.schemaversion.cli.kubectl.report;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.cli.kubectl.cluster.Cluster;
import dev.schemaversion.cli.kubectl.cluster.Observed;
import dev.schemaversion.cli.kubectl.cluster.Scope;
import dev.schemaversion.cli.kubectl.view.StatusTree;
import dev.schemaversion.cli.kubectl.view.StatusView;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Collects what support needs to know about a resource. */
final class ReportCollector {
  private static final String OPERATOR = "app.kubernetes.io/name";
  private static final String OPERATOR_NAME = "schemaversion-operator";
  private static final String COMPONENT = "app.kubernetes.io/component";
  private static final String ADMISSION = "admissionregistration.k8s.io";

  private final Cluster cluster;
  private final Archive archive = new Archive();

  ReportCollector(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Collects the files of a report. */
  Archive collect(SchemaVersion resource, String operatorNamespace, Instant now) {
    var scope = Scope.of(resource);
    archive.text("status.txt", () -> tree(resource, now));
    archive.objects("schemaversion.yaml", () -> List.of(resource));
    archive.objects("jobs.yaml", () -> cluster.jobs(scope));
    archive.objects("pods.yaml", () -> cluster.pods(scope));
    archive.objects("workloads.yaml", () -> cluster.workloads(scope));
    archive.objects("events.yaml", () -> cluster.events(scope));
    logs("logs/", Observed.of(cluster, resource).pods());
    operator(operatorNamespace);
    archive.text("cluster.txt", this::clusterText);
    archive.text("gate.txt", this::gateText);
    archive.text("README.txt", () -> readme(resource, now));
    return archive;
  }

  private String tree(SchemaVersion resource, Instant now) {
    var view = StatusView.of(Observed.of(cluster, resource));
    return String.join("\n", StatusTree.lines(view, now)) + "\n";
  }

  private void logs(String folder, List<Pod> pods) {
    for (var pod : pods) {
      Stream.concat(
              pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
          .map(Container::getName)
          .forEach(
              container ->
                  archive.text(
                      folder + pod.getMetadata().getName() + "/" + container + ".log",
                      () -> cluster.log(pod, container)));
    }
  }

  private void operator(String namespace) {
    archive.objects(
        "operator/deployments.yaml",
        () ->
            client()
                .apps()
                .deployments()
                .inNamespace(namespace)
                .withLabel(OPERATOR, OPERATOR_NAME)
                .list()
                .getItems());
    archive.objects("operator/pods.yaml", () -> operatorPods(namespace));
    archive.text(
        "operator/names.txt",
        () -> {
          var pods = operatorPods(namespace);
          logs("operator/logs/", pods);
          return pods.stream()
              .map(pod -> pod.getMetadata().getName() + "\n")
              .collect(Collectors.joining());
        });
  }

  private List<Pod> operatorPods(String namespace) {
    return client()
        .pods()
        .inNamespace(namespace)
        .withLabel(OPERATOR, OPERATOR_NAME)
        .list()
        .getItems();
  }

  private String clusterText() {
    return "Kubernetes " + client().getKubernetesVersion().getGitVersion() + "\n";
  }

  private String gateText() {
    return Stream.of(
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding")
        .map(kind -> kind + ":\n" + names(kind) + "\n")
        .collect(Collectors.joining());
  }

  /** Lists the gate's objects of a kind, which API servers below 1.36 need not have. */
  private String names(String kind) {
    try {
      return listed(kind.toLowerCase(Locale.ROOT).replaceFirst("policy$", "policie") + "s", kind);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return "  none: the API server has no such kind";
      }
      throw e;
    }
  }

  private String listed(String plural, String kind) {
    return client()
        .genericKubernetesResources(
            new ResourceDefinitionContext.Builder()
                .withGroup(ADMISSION)
                .withVersion("v1")
                .withPlural(plural)
                .withKind(kind)
                .withNamespaced(false)
                .build())
        .withLabel(COMPONENT, "gate")
        .list()
        .getItems()
        .stream()
        .map(GenericKubernetesResource::getMetadata)
        .map(metadata -> "  " + metadata.getName())
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private String readme(SchemaVersion resource, Instant now) {
    var left =
        archive.missing().isEmpty()
            ? "Nothing is missing.\n"
            : "Missing, because the API server did not give it:\n"
                + archive.missing().stream()
                    .map(line -> "  " + line + "\n")
                    .collect(Collectors.joining());
    return """
        Report about SchemaVersion %s/%s, made at %s.

        It contains no Secret and no content of a ConfigMap; neither was read. Masked: values of
        environment variables other than the operator's own, placeholders, files of a migration
        tool, and in all texts what looks like a password or the login of a URL. SQL that failed,
        names of tables, images and hosts are in it. Read it before you send it.

        """
            .formatted(resource.getMetadata().getNamespace(), resource.getMetadata().getName(), now)
        + left;
  }

  private KubernetesClient client() {
    return cluster.client();
  }
}
