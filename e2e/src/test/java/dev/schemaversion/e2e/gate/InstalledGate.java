package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.Verdict.GOING;
import static dev.schemaversion.e2e.gate.Verdict.HELD;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.GateManifests;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Installs the gate without the operator: CRD, RBAC and policies as shipped. An operator that
 * another test has installed is scaled to zero meanwhile, because these tests write the status
 * themselves.
 */
final class InstalledGate implements AutoCloseable {

  static final String SYSTEM = "schemaversion-system";
  static final String OPERATOR = "schemaversion-operator";

  private final KubernetesClient client;
  private final GateManifests manifests;
  private int sleeping;

  InstalledGate(KubernetesClient client, GateManifests manifests) {
    this.client = client;
    this.manifests = manifests;
    installed();
    scaleOperatorToZero();
    awaitInForce();
  }

  /** The folder of the install manifests, independent of the working directory. */
  static Path deploy() {
    return Stream.of(Path.of("deploy"), Path.of("..", "deploy"))
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no deploy/ here or above"));
  }

  /** Every policy and every binding of the gate. */
  List<HasMetadata> policies() {
    return manifests(deploy().resolve("base"), "1*-policy-*.yaml").toList();
  }

  private void installed() {
    manifests(deploy().resolveSibling("crds"), "schemaversions.*").forEach(this::apply);
    client
        .resources(CustomResourceDefinition.class)
        .withName("schemaversions.schemaversion.dev")
        .waitUntilCondition(InstalledGate::established, 1, TimeUnit.MINUTES);
    manifests(deploy().resolve("base"), "0*.yaml").forEach(this::apply);
    policies().forEach(this::apply);
  }

  private static boolean established(CustomResourceDefinition definition) {
    return definition != null
        && definition.getStatus() != null
        && definition.getStatus().getConditions() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }

  private void apply(HasMetadata manifest) {
    client.resource(manifest).fieldManager("installer").forceConflicts().serverSideApply();
  }

  private Stream<HasMetadata> manifests(Path folder, String glob) {
    var matching = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    try (var files = Files.list(folder)) {
      return files.filter(file -> matching.matches(file.getFileName())).sorted().toList().stream()
          .flatMap(this::load);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<HasMetadata> load(Path file) {
    try {
      var text = Files.readString(file);
      if (manifests == GateManifests.V1BETA1) {
        // As the overlay does it.
        text =
            text.replace(
                "admissionregistration.k8s.io/v1\nkind: Mutating",
                "admissionregistration.k8s.io/v1beta1\nkind: Mutating");
      }
      return client
          .load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
          .items()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void scaleOperatorToZero() {
    var operator = client.apps().deployments().inNamespace(SYSTEM).withName(OPERATOR);
    var installed = operator.get();
    if (installed == null || installed.getSpec().getReplicas() == 0) {
      return;
    }
    sleeping = installed.getSpec().getReplicas();
    operator.scale(0);
    await("the operator's pods are gone")
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                client
                    .pods()
                    .inNamespace(SYSTEM)
                    .withLabel("app.kubernetes.io/name", OPERATOR)
                    .list()
                    .getItems()
                    .isEmpty());
  }

  /**
   * New policies are in force only when the API server has read them, so each is tried until it
   * speaks.
   */
  private void awaitInForce() {
    try (var tenant = new Tenant(client)) {
      tenant.database("proven", "1");
      await("the policies that hold and that pass are in force")
          .atMost(Duration.ofMinutes(1))
          // Those that refuse what is not held may be in force before.
          .ignoreExceptionsMatching(InstalledGate::notHeldYet)
          .until(
              () ->
                  tenant.rehearse(Program.requiring("held", "none", "1")) == HELD
                      && tenant.rehearse(Program.requiring("passed", "proven", "1")) == GOING
                      && tenant.rehearse(pod("none")) == HELD
                      && tenant.rehearse(pod("proven")) == GOING);
      var unlabelled = Program.pod(Program.needing("1").apply(Program.deployment("pod")));
      // Those that refuse are applied before those that warn, and nothing but a foreign policy
      // shows that they are in force.
      await("the policies that warn, and with them those that refuse, are in force")
          .atMost(Duration.ofMinutes(1))
          .until(() -> !Warnings.ofCreation(client, tenant.namespace(), unlabelled).isEmpty());
      tenant.create(Program.requiring("held", "none", "1"));
      await("the policy that lets go is in force")
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> {
                var letGo = tenant.change("held", Program.unlabelled());
                tenant.change("held", again());
                return Verdict.of(letGo) == GOING;
              });
      await("the policies that keep pods and let them go are in force")
          .atMost(Duration.ofMinutes(1))
          .until(
              () ->
                  Verdict.of(tenant.change(tenant.create(pod("none")), Pods.ungated())) == HELD
                      && Verdict.of(tenant.change(tenant.create(pod("none")), Pods.unlabelled()))
                          == GOING);
      awaitOperatorBound(tenant);
    }
  }

  private static boolean notHeldYet(Throwable thrown) {
    return thrown instanceof KubernetesClientException refused
        && refused.getMessage().contains("neither held nor verified");
  }

  private static void awaitOperatorBound(Tenant tenant) {
    var operator = tenant.asOperatorWithEveryRight();
    var pod = tenant.create(pod("none"));
    var deployment = tenant.create(Program.deployment("another"));
    await("the policies that bind the operator are in force")
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                refused(() -> operator.change(deployment, image()))
                    && refused(
                        () ->
                            operator.change(
                                pod, Pods.image("localhost/program:" + System.nanoTime())))
                    && refused(() -> operator.dryRun(Jobs.bare("another")))
                    && refused(() -> operator.wish("proven", "2")));
  }

  /** Returns another image each time, so that every request is a change. */
  private static UnaryOperator<Deployment> image() {
    return Program.image("localhost/program:" + System.nanoTime());
  }

  private static Pod pod(String schemaVersion) {
    return Program.pod(Program.requiring("pod", schemaVersion, "1"));
  }

  private static boolean refused(Runnable request) {
    try {
      request.run();
      return false;
    } catch (KubernetesClientException e) {
      if (e.getMessage().contains("the operator may only")) {
        return true;
      }
      throw e;
    }
  }

  /** Labels the Deployment again and changes its template, so that it is held again. */
  private static UnaryOperator<Deployment> again() {
    return Program.together(Program.labelled("none"), image());
  }

  @Override
  public void close() {
    if (sleeping > 0) {
      client.apps().deployments().inNamespace(SYSTEM).withName(OPERATOR).scale(sleeping);
    }
  }
}
