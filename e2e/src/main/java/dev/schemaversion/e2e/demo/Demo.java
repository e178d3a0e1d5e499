package dev.schemaversion.e2e.demo;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.Installation;
import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.cluster.Cluster;
import java.io.IOException;

/** The main job on real input, step by step; what {@code make demo} runs. */
public final class Demo {
  private static final String NAMESPACE = "glance";
  private static final String SUMMARY =
      "jsonpath={range .status.conditions[*]}{.type}={.status} {.reason}: {.message}{\"\\n\"}{end}";

  private static final String STALLED =
      "jsonpath={.status.conditions[?(@.type==\"Stalled\")].message}{\"\\n\"}";

  /** What was found, object by object. */
  private static final String PROVEN =
      "jsonpath={.status.conditions[?(@.type==\"Proven\")].message}{\"\\n\"}";

  private final Cluster cluster;
  private final Narrator narrator;
  private final Installation installation;
  private Glance glance;

  private Demo(Cluster cluster, Narrator narrator) {
    this.cluster = cluster;
    this.narrator = narrator;
    this.installation = new Installation(cluster);
    this.glance = new Glance(cluster, NAMESPACE);
  }

  /** Runs it, and keeps the cluster until Enter is pressed where somebody is there to press it. */
  public static void main(String[] arguments) throws IOException {
    boolean attended = System.console() != null && System.console().isTerminal();
    var narrator = new Narrator(System.out, attended);
    narrator.heading("A cluster");
    try (var cluster = Cluster.start()) {
      new Demo(cluster, narrator).run();
      if (attended) {
        narrator.say("Press Enter (or Ctrl-C) to stop; nothing is left behind.");
        var unused = System.in.read();
      }
    }
  }

  private void run() {
    install();
    newDatabase();
    drift();
    fresh();
    splitBrain();
    fresh();
    refused();
    diablo();
    again();
    broken();
    lookAround();
  }

  private void install() {
    narrator.heading("Installing the operator, as shipped, with an image for its scratch server");
    narrator.command("kubectl apply -k e2e/install");
    installation.install();
    Glance.loadImages(cluster);
    narrator.answer(
        new Kubectl(cluster)
            .run("-n", Installation.NAMESPACE, "get", "deployment,mutatingadmissionpolicies"));
  }

  private void newDatabase() {
    narrator.heading("A new environment: everything in one go, the registry waits for version 13");
    environment("environment");
    narrator.apply(glance, "app");
    narrator.run(glance, "get", "deployment,sv");
    narrator.say("The registry's Deployment is held (0 pods), and its SchemaVersion says why.");
    ready();
    narrator.run(glance, "get", "sv");
    registryRuns();
    narrator.run(glance, "get", "jobs,pods");
    narrator.run(glance, "get", "sv", "glance", "-o", SUMMARY);
  }

  private void drift() {
    narrator.heading("Drift: somebody drops an index by hand, and tells nobody");
    narrator.run(
        glance,
        "patch",
        "sv",
        "glance",
        "--type=merge",
        "-p",
        "{\"spec\": {\"drift\": {\"interval\": \"10s\"}}}");
    sql("DROP INDEX ix_images_deleted");
    narrator.command("kubectl -n glance wait sv/glance --for=condition=Proven=False");
    glance.await("Proven=False");
    narrator.run(glance, "get", "sv");
    narrator.run(glance, "get", "sv", "glance", "-o", PROVEN);
    narrator.say("Undone, it clears by itself:");
    sql("CREATE INDEX ix_images_deleted ON images (deleted)");
    ready();
    narrator.run(glance, "get", "sv");
  }

  private void splitBrain() {
    narrator.heading(
        "2012: a Diablo database at 9, stamped 13. Tool and program believe the stamp");
    environment("environment-diablo-stamped");
    sql("SELECT version, type, success FROM flyway_schema_history");
    var before = glance.dump();
    narrator.apply(glance, "app-without-baseline");
    glance.await("Stalled");
    narrator.run(glance, "get", "sv");
    narrator.run(glance, "get", "sv", "glance", "-o", PROVEN);
    unchanged(before);
    narrator.run(glance, "get", "deployment/glance-registry");
    narrator.say(
        "It is held. What differs is what 13 would need, and the database is named for what it is.");
  }

  private void unchanged(String before) {
    narrator.say(
        "A dump of the database before and after is %s."
            .formatted(before.equals(glance.dump()) ? "byte for byte the same" : "NOT the same"));
  }

  private void refused() {
    narrator.heading("The same database, not stamped, and nobody says which version it is");
    environment("environment-diablo");
    narrator.apply(glance, "registry-diablo");
    glance.awaitRegistry();
    narrator.say("The Diablo registry runs on it. Now the upgrade, without baseline.version:");
    var before = glance.dump();
    narrator.apply(glance, "app-without-baseline");
    glance.await("Stalled");
    narrator.run(glance, "get", "sv");
    narrator.run(glance, "get", "sv", "glance", "-o", STALLED);
    unchanged(before);
    narrator.run(glance, "get", "deployment,replicasets");
    narrator.say("The old registry keeps both its pods; the new one has none.");
  }

  private void diablo() {
    narrator.heading("The same, saying baseline.version 9: it goes on by itself");
    narrator.apply(glance, "app");
    ready();
    registryRuns();
    narrator.run(glance, "get", "sv");
    sql("SELECT version, type, description FROM flyway_schema_history ORDER BY installed_rank");
    sql("SELECT id, name FROM images ORDER BY name LIMIT 3");
    narrator.run(
        glance,
        "get",
        "events",
        "--sort-by=.metadata.creationTimestamp",
        "--field-selector=involvedObject.kind!=Pod",
        "-o",
        "custom-columns=ON:.involvedObject.kind,REASON:.reason,NOTE:.message");
  }

  private void again() {
    narrator.heading("Applying everything a second time: no Job, no write");
    var before = glance.get("sv", "glance").at("/metadata/resourceVersion").asText();
    narrator.apply(glance, "app");
    narrator.run(glance, "get", "jobs");
    narrator.say(
        "The SchemaVersion's resourceVersion was %s and is %s."
            .formatted(
                before, glance.get("sv", "glance").at("/metadata/resourceVersion").asText()));
  }

  private void broken() {
    narrator.heading("A broken migration 014 fails on a clone, not on the database");
    var before = glance.dump();
    narrator.apply(glance, "migrations-broken");
    glance.await("Stalled");
    narrator.run(glance, "get", "sv");
    narrator.run(glance, "get", "sv", "glance", "-o", STALLED);
    unchanged(before);
    narrator.run(glance, "get", "deployment/glance-registry");
    narrator.say("The registry, satisfied with 13, keeps running. The corrected file goes on:");
    narrator.apply(glance, "migrations-fixed");
    glance.awaitVersion("14");
    ready();
    narrator.run(glance, "get", "sv");
  }

  private void lookAround() {
    narrator.heading("The registry answers");
    narrator.command("curl http://glance-registry:9191/images");
    narrator.answer(glance.registry("/images").toPrettyString());
    narrator.heading("Look around");
    narrator.say("  export KUBECONFIG=" + cluster.kubeconfig());
    narrator.say("  alias k='%s -n %s'".formatted(String.join(" ", cluster.kubectl()), NAMESPACE));
    narrator.say(
        "  k get sv        k describe sv glance        k get events        k get jobs,pods");
    narrator.say("  k exec deployment/postgres -- psql -U glance -d glance -c '\\d images'");
  }

  private void environment(String folder) {
    narrator.apply(glance, folder);
    glance.environment(folder);
  }

  private void ready() {
    narrator.command("kubectl -n glance wait sv/glance --for=condition=Ready");
    glance.await("Ready");
  }

  private void registryRuns() {
    narrator.command("kubectl -n glance rollout status deployment/glance-registry");
    glance.awaitRegistry();
  }

  private void sql(String statement) {
    narrator.run(
        glance, "exec", "deployment/postgres", "--", "psql", "-U", "glance", "-c", statement);
  }

  /** The next story begins with nothing. */
  private void fresh() {
    narrator.command("kubectl delete namespace " + NAMESPACE);
    new Kubectl(cluster).run("delete", "namespace", NAMESPACE, "--timeout=180s");
    glance = new Glance(cluster, NAMESPACE);
  }
}
