package dev.schemaversion.e2e.bench;

import dev.schemaversion.e2e.bench.report.Statistics;
import dev.schemaversion.e2e.bench.timeline.Recorder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long the API server takes to admit a pod that requires a SchemaVersion, by the number of
 * SchemaVersions in its namespace: the policies are evaluated for each of them. The pods are
 * created as dry runs, which go through admission and leave nothing.
 */
final class GatePrice {
  private static final int[] COUNTS = {1, 10, 100, 1000};
  private static final int PODS = 30;
  private static final String VERSION = "13";
  private static final double NANOS_PER_MILLI = 1e6;

  private final KubernetesClient client;
  private final String namespace;
  private final GenericKubernetesResource example;

  /**
   * Measures in a new namespace.
   *
   * @param example the SchemaVersion to create many of
   */
  GatePrice(KubernetesClient client, String namespace, GenericKubernetesResource example) {
    this.client = client;
    this.namespace = namespace;
    this.example = example;
  }

  /** Returns a line for each number of SchemaVersions. No operator may run meanwhile. */
  List<String> measure() {
    client.resource(namespace()).create();
    try {
      var lines = new ArrayList<String>();
      int created = 0;
      for (int count : COUNTS) {
        for (; created < count; created++) {
          create("schema-" + created);
        }
        lines.add(
            String.format(
                Locale.ROOT,
                "a pod's creation, SchemaVersions in its namespace: %,d: labelled %.1f ms, not labelled %.1f ms",
                count,
                median(pod("schema-0")),
                median(pod(null))));
      }
      return lines;
    } finally {
      client.resource(namespace()).delete();
    }
  }

  private Namespace namespace() {
    return new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build();
  }

  /** A SchemaVersion that has recorded the version it wants, as the policies see it. */
  private void create(String name) {
    var resources = Recorder.schemaVersions(client).inNamespace(namespace);
    var created =
        resources
            .resource(
                new GenericKubernetesResourceBuilder(example)
                    .withNewMetadata()
                    .withName(name)
                    .endMetadata()
                    .build())
            .create();
    created.setAdditionalProperty(
        "status",
        Map.of("observedGeneration", created.getMetadata().getGeneration(), "version", VERSION));
    resources.resource(created).updateStatus();
  }

  private double median(Pod pod) {
    var millis = new ArrayList<Double>();
    for (int i = 0; i < 2 * PODS; i++) {
      long start = System.nanoTime();
      client.resource(pod).inNamespace(namespace).dryRun().create();
      // The first ones find nothing compiled.
      if (i >= PODS) {
        millis.add((System.nanoTime() - start) / NANOS_PER_MILLI);
      }
    }
    return Statistics.median(millis);
  }

  /** A pod that requires a SchemaVersion; null for one without the label. */
  private static Pod pod(String required) {
    var metadata = new PodBuilder().withNewMetadata().withGenerateName("price-");
    if (required != null) {
      metadata
          .addToLabels("schemaversion.dev/requires", required)
          .addToAnnotations("schemaversion.dev/min-version", VERSION);
    }
    return metadata
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("program")
        .withImage("program")
        .endContainer()
        .endSpec()
        .build();
  }
}
