package dev.schemaversion.e2e.demo;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.Installation;
import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.cluster.Cluster;
import java.io.IOException;

/** Shows the operator at work on the Glance example, step by step. {@code make demo} runs it. */
public final class Demo {
  private static final String NAMESPACE = "glance";
  private static final String SUMMARY =
      "jsonpath={range .status.conditions[*]}{.type}={.status} {.reason}: {.message}{\"\\n\"}{end}";

  private static final String STALLED =
      "jsonpath={.status.conditions[?(@.type==\"Stalled\")].message}{\"\\n\"}";

  /** The message of the condition Proven, with the differences. */
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

  /** Runs the demo. In a terminal the cluster is kept until Enter is pressed. */
  public static void main(String[] arguments) throws IOException {
    boolean interactive = System.console() != null && System.console().isTerminal();
    var narrator = new Narrator(System.out, interactive);
    narrator.heading("Starting a cluster");
    try (var cluster = Cluster.start()) {
      new Demo(cluster, narrator).run();
      if (interactive) {
        narrator.say("Press Enter (or Ctrl-C) to delete the cluster.");
        var unused = System.in.read();
      }
    }
  }

  private void run() {
    install();
    newDatabase();
    drift();
    deleteNamespace();
    splitBrain();
    deleteNamespace();
    baselineRequired();
    baseline();
    reapply();
    brokenMigration();
    nextSteps();
  }

  private void install() {
    narrator.heading("Installing the operator from deploy/");
    narrator.command("kubectl apply -k e2e/install");
    installation.install();
    Glance.loadImages(cluster);
    narrator.output(
        new Kubectl(cluster)
            .run("-n", Installation.NAMESPACE, "get", "deployment,mutatingadmissionpolicies"));
  }

  private void newDatabase() {
    narrator.heading("A new environment, applied at once: the registry waits for version 13");
    environment("environment");
    narrator.apply(glance, "app");
    narrator.run(glance, "get", "deployment,sv");
    narrator.say("The registry's Deployment is held (0 pods), and its SchemaVersion says why.");
    awaitReady();
    narrator.run(glance, "get", "sv");
    awaitRegistry();
    narrator.run(glance, "get", "jobs,pods");
    narrator.run(glance, "get", "sv", "glance", "-o", SUMMARY);
  }

  private void drift() {
    narrator.heading("Drift: an index is dropped by hand");
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
    narrator.say("After the index is restored, the SchemaVersion becomes Ready again:");
    sql("CREATE INDEX ix_images_deleted ON images (deleted)");
    awaitReady();
    narrator.run(glance, "get", "sv");
  }

  private void splitBrain() {
    narrator.heading("The split brain of 2012: a Diablo database at version 9 that is stamped 13");
    environment("environment-diablo-stamped");
    sql("SELECT version, type, success FROM flyway_schema_history");
    var before = glance.dump();
    narrator.apply(glance, "app-without-baseline");
    glance.await("Stalled");
    narrator.run(glance, "get", "sv");
    narrator.run(glance, "get", "sv", "glance", "-o", PROVEN);
    compareDumps(before);
    narrator.run(glance, "get", "deployment/glance-registry");
    narrator.say(
        "The registry is held. The message lists what is missing for version 13, and the version"
            + " that the schema has.");
  }

  private void compareDumps(String before) {
    narrator.say(
        "The dumps of the database before and after are %s."
            .formatted(before.equals(glance.dump()) ? "identical" : "DIFFERENT"));
  }

  private void baselineRequired() {
    narrator.heading("The same database without a stamp and without baseline.version");
    environment("environment-diablo");
    narrator.apply(glance, "registry-diablo");
    glance.awaitRegistry();
    narrator.say("The old registry runs on it. Now the upgrade, without baseline.version:");
    var before = glance.dump();
    narrator.apply(glance, "app-without-baseline");
    glance.await("Stalled");
    narrator.run(glance, "get", "sv");
    narrator.run(glance, "get", "sv", "glance", "-o", STALLED);
    compareDumps(before);
    narrator.run(glance, "get", "deployment,replicasets");
    narrator.say("The old registry keeps both pods; the new one has none.");
  }

  private void baseline() {
    narrator.heading("With baseline.version 9, the operator proves the claim and migrates");
    narrator.apply(glance, "app");
    awaitReady();
    awaitRegistry();
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

  private void reapply() {
    narrator.heading("Applying everything again: no Job, no write");
    var before = glance.get("sv", "glance").at("/metadata/resourceVersion").asText();
    narrator.apply(glance, "app");
    narrator.run(glance, "get", "jobs");
    narrator.say(
        "The SchemaVersion's resourceVersion was %s and is %s."
            .formatted(
                before, glance.get("sv", "glance").at("/metadata/resourceVersion").asText()));
  }

  private void brokenMigration() {
    narrator.heading(
        "A broken migration 014 fails in the rehearsal on a clone, not on the database");
    var before = glance.dump();
    narrator.apply(glance, "migrations-broken");
    glance.await("Stalled");
    narrator.run(glance, "get", "sv");
    narrator.run(glance, "get", "sv", "glance", "-o", STALLED);
    compareDumps(before);
    narrator.run(glance, "get", "deployment/glance-registry");
    narrator.say("The registry requires version 13 and keeps running. Now the corrected file:");
    narrator.apply(glance, "migrations-fixed");
    glance.awaitVersion("14");
    awaitReady();
    narrator.run(glance, "get", "sv");
  }

  private void nextSteps() {
    narrator.heading("The registry answers");
    narrator.command("curl http://glance-registry:9191/images");
    narrator.output(glance.registry("/images").toPrettyString());
    narrator.heading("Commands to explore the cluster");
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

  private void awaitReady() {
    narrator.command("kubectl -n glance wait sv/glance --for=condition=Ready");
    glance.await("Ready");
  }

  private void awaitRegistry() {
    narrator.command("kubectl -n glance rollout status deployment/glance-registry");
    glance.awaitRegistry();
  }

  private void sql(String statement) {
    narrator.run(
        glance, "exec", "deployment/postgres", "--", "psql", "-U", "glance", "-c", statement);
  }

  /** Deletes the namespace, so that the next step begins with nothing. */
  private void deleteNamespace() {
    narrator.command("kubectl delete namespace " + NAMESPACE);
    new Kubectl(cluster).run("delete", "namespace", NAMESPACE, "--timeout=180s");
    glance = new Glance(cluster, NAMESPACE);
  }
}
