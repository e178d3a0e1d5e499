package dev.schemaversion.e2e.bench;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.Installation;
import dev.schemaversion.e2e.bench.report.Machine;
import dev.schemaversion.e2e.bench.report.Report;
import dev.schemaversion.e2e.clients.ClientPrograms;
import dev.schemaversion.e2e.clients.Helm;
import dev.schemaversion.e2e.cluster.Checkout;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Map;

/**
 * Measures how long it takes from applying a release to its running program. The ways take turns,
 * so that whatever slows the machine down slows all of them down. Nothing is asserted about a time.
 * {@code make bench} runs it.
 */
public final class Bench {
  private static final String NAMESPACE = "bench";

  private final Cluster cluster;
  private final KubernetesClient client;
  private final Glance glance;
  private final Progress progress;

  private Bench(Cluster cluster, KubernetesClient client, Glance glance, Progress progress) {
    this.cluster = cluster;
    this.client = client;
    this.glance = glance;
    this.progress = progress;
  }

  /** Starts a cluster, measures, prints tables and writes the files in {@code target}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var options = Options.of(System.getenv());
    var progress = new Progress(System.out);
    progress.say("Starting a cluster");
    try (var cluster = Cluster.start();
        var client =
            new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster.kubeconfig().toFile()))
                .build();
        var glance = new Glance(cluster, NAMESPACE)) {
      // A cluster that the user named stays after an interruption, and the namespace must not.
      var end = new Thread(glance::close, "bench-end");
      Runtime.getRuntime().addShutdownHook(end);
      try {
        new Bench(cluster, client, glance, progress).run(options, System.out);
      } finally {
        removeHook(end);
      }
    }
  }

  private static void removeHook(Thread end) {
    try {
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException e) {
      // It runs already.
    }
  }

  private void run(Options options, PrintStream out) throws IOException, InterruptedException {
    progress.say("Installing the operator, and a database server");
    var installation = new Installation(cluster);
    installation.install();
    Glance.loadImages(cluster);
    cluster.load("plain-flyway");
    glance.environment("environment");
    var objects = new ExampleObjects(cluster, client, glance);
    var ground = new Ground(glance, client);
    var deliveries = deliveries(options, objects);
    var course = new Course(client, glance, ground, objects);
    if (options.scenarios().contains(Scenario.UPGRADE)) {
      progress.say("Filling a database at version 9");
      course.keepTemplate(new Deliveries(client, objects).job());
    }
    var rounds = new Rounds(options, deliveries, course, progress);
    var report = Report.in(Checkout.root().resolve("target"));
    rounds.run(machine(), report, out);
    progress.say("Applying %d SchemaVersions at once".formatted(options.herd()));
    out.println(new Herd(client, NAMESPACE, ground, objects).measure(options.herd()));
    progress.say("Stopping the operator, and creating pods that require a SchemaVersion");
    installation.scale(0);
    try {
      var example = objects.schemaVersion(objects.release(13), "OnBaseline");
      new GatePrice(client, NAMESPACE + "-gate", example).measure().forEach(out::println);
    } finally {
      installation.scale(2); // a cluster that the user named keeps its operator
    }
    progress.say("All figures and each moment: target/bench.json, bench.md, bench.svg");
  }

  private Map<Way, Delivery> deliveries(Options options, ExampleObjects objects) {
    var all = new Deliveries(client, objects);
    var programs = ClientPrograms.prepare("helm");
    var chosen = new EnumMap<Way, Delivery>(Way.class);
    for (var way : options.ways()) {
      switch (way) {
        case JOB -> chosen.put(way, all.job());
        case INIT -> chosen.put(way, all.initContainer());
        case HELM3, HELM4 ->
            programs
                .find(way.id())
                .ifPresentOrElse(
                    program -> chosen.put(way, all.helm(new Helm(program, cluster, NAMESPACE))),
                    () -> progress.say(way.title() + ": left out, there is no Go to build it"));
        case ON_BASELINE -> chosen.put(way, all.schemaVersion("OnBaseline"));
        case ALWAYS -> chosen.put(way, all.schemaVersion("Always"));
      }
    }
    return chosen;
  }

  private Machine machine() {
    var status = client.nodes().list().getItems().getFirst().getStatus();
    var memory = status.getCapacity().get("memory").getNumericalAmount().longValue();
    var info = status.getNodeInfo();
    return new Machine(
        status.getCapacity().get("cpu").toString(),
        Math.round(memory / (double) (1 << 30)),
        info.getKubeletVersion(),
        info.getOsImage() + ", Linux " + info.getKernelVersion());
  }
}
