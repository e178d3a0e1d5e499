package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.OwnApiServer.refusal;
import static dev.schemaversion.e2e.gate.Program.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.GateManifests;
import dev.schemaversion.e2e.Restricted;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The gate of Kubernetes 1.30 to 1.35: validating policies refuse manifests whose pods nothing
 * would hold, and say which lines to add. They refuse the same at each apply, whatever the version
 * of a database. Runs on an API server of its own, of any version.
 */
class PodTemplateGateTest {
  private static final String GATE = "spec: {schedulingGates: [{name: schemaversion.dev/schema}]}";
  private static OwnApiServer server;
  private static Tenant tenant;

  @BeforeAll
  static void anApiServerWithWorkloadsThatAreOlderThanThePolicies() {
    server = OwnApiServer.start();
    tenant = server.tenant();
    tenant.create(Program.requiring("older", "glance", "13"));
    server.install(GateManifests.POD_TEMPLATE);
    // Policies are in force when the API server has read them. The last ones warn.
    await("the policies are in force")
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                refusal(() -> tenant.dryRun(Program.requiring("probe", "glance", "13"))) != null
                    && refusal(() -> tenant.dryRun(pod())) != null
                    && !Warnings.ofCreation(server.client(), tenant.namespace(), unlabelledPod())
                        .isEmpty());
  }

  @AfterAll
  static void itEnds() {
    if (server != null) {
      server.close();
    }
  }

  /** A kind of workload, by its manifest around the pod template. */
  enum Kind {
    DEPLOYMENT("apps/v1", "Deployment", "{selector: {matchLabels: {app: p}}, template: %s}"),
    STATEFUL_SET(
        "apps/v1",
        "StatefulSet",
        "{serviceName: p, selector: {matchLabels: {app: p}}, template: %s}"),
    DAEMON_SET("apps/v1", "DaemonSet", "{selector: {matchLabels: {app: p}}, template: %s}"),
    REPLICA_SET("apps/v1", "ReplicaSet", "{selector: {matchLabels: {app: p}}, template: %s}"),
    JOB("batch/v1", "Job", "{template: %s}"),
    CRON_JOB("batch/v1", "CronJob", "{schedule: '* * * * *', jobTemplate: {spec: {template: %s}}}");

    private final String apiVersion;
    private final String kind;
    private final String spec;

    Kind(String apiVersion, String kind, String spec) {
      this.apiVersion = apiVersion;
      this.kind = kind;
      this.spec = spec;
    }

    HasMetadata manifest(boolean labelled, boolean gated) {
      var template =
          """
          {metadata: {labels: {app: p%s}}, spec: {%srestartPolicy: %s, securityContext: %s,
           containers: [{name: p, image: p, securityContext: %s}]}}
          """
              .formatted(
                  labelled ? ", schemaversion.dev/requires: glance" : "",
                  gated ? "schedulingGates: [{name: schemaversion.dev/schema}], " : "",
                  apiVersion.startsWith("batch") ? "Never" : "Always",
                  Restricted.POD,
                  Restricted.CONTAINER)
              .replace('\n', ' ');
      return Serialization.unmarshal(
          "---\napiVersion: %s\nkind: %s\nmetadata: {name: p}\nspec: %s"
              .formatted(apiVersion, kind, spec.formatted(template)));
    }

    String path() {
      return this == CRON_JOB ? "spec.jobTemplate.spec.template" : "spec.template";
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWorkloadWhosePodsNothingWouldHoldOrReleaseIsRefusedWithTheLinesToAdd(Kind kind) {
    assertThat(refusal(() -> tenant.dryRun(kind.manifest(true, true)))).isNull();
    assertThat(refusal(() -> tenant.dryRun(kind.manifest(false, false)))).isNull();
    assertThat(refusal(() -> tenant.dryRun(kind.manifest(true, false))))
        .contains("the manifest must gate the pods itself. Add to " + kind.path() + ": " + GATE);
    assertThat(refusal(() -> tenant.dryRun(kind.manifest(false, true))))
        .contains(kind.path() + " has the gate, but not the label schemaversion.dev/requires");
  }

  @ParameterizedTest(name = "pods labelled {0} and gated {1}: add {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "nothing",
      value = {
        "true | true | nothing",
        "true | false | spec.template: " + GATE,
        "false | true | spec.template: metadata: {labels: {schemaversion.dev/requires: \"glance\"}}",
        "false | false | spec.template: metadata: {labels: {schemaversion.dev/requires: \"glance\"}} and "
            + GATE
      })
  void aLabelledDeploymentNeedsLabelAndGateInItsPodTemplate(
      boolean labelled, boolean gated, String add) {
    var deployment = (Deployment) Kind.DEPLOYMENT.manifest(labelled, gated);
    var refusal = refusal(() -> tenant.dryRun(Program.labelled("glance").apply(deployment)));

    if (add == null) {
      assertThat(refusal).isNull();
    } else {
      assertThat(refusal).contains(add);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scale", "annotate", "pause"})
  void aWorkloadThatIsOlderThanThePoliciesCanStillBeChanged(String change) {
    UnaryOperator<Deployment> changes =
        switch (change) {
          case "scale" -> Program.replicas(2);
          case "annotate" -> Program.annotated("a", "b");
          default -> Program.paused(true);
        };
    tenant.change("older", changes);
  }

  @Test
  void aNewTemplateOfAnOlderWorkloadNeedsTheGate() {
    assertThat(refusal(() -> tenant.change("older", Program.image("localhost/program:2"))))
        .contains(GATE);
    assertThat(refusal(() -> tenant.change("older", gatedAndLabelled()))).isNull();
  }

  @Test
  void aPodWithoutTheGateIsRefusedWhateverCreatesIt() {
    assertThat(refusal(() -> tenant.dryRun(pod()))).contains(GATE);
    assertThat(refusal(() -> tenant.as("system:serviceaccount:kube-system:x").dryRun(pod())))
        .contains(GATE);
    assertThat(refusal(() -> tenant.dryRun(gatedPod()))).isNull();
  }

  @Test
  void onlyTheOperatorRemovesTheGateOfALabelledPod() {
    var stored = tenant.create(gatedPod());

    assertThat(refusal(() -> tenant.change(stored, Pods.ungated())))
        .contains("the request removes the scheduling gate schemaversion.dev/schema from a pod");
    assertThat(refusal(() -> tenant.change(stored, Pods.unlabelled())))
        .contains("remove the label and the gate in one request");
    tenant.asOperatorWithEveryRight().change(stored, Pods.ungated());
  }

  @Test
  void theWayOutOfTheGateIsToRemoveLabelAndGate() {
    var stored = tenant.create(gatedPod());

    var out = tenant.change(stored, pod -> Pods.ungated().apply(Pods.unlabelled().apply(pod)));

    assertThat(Verdict.of(out)).isEqualTo(Verdict.GOING);
  }

  @Test
  void anUngatedPodIsRefusedAlsoWithAForgedAnnotation() {
    var forged = Pods.annotated(Program.VERIFIED, "glance=13").apply(pod());

    assertThat(refusal(() -> tenant.dryRun(forged))).contains(GATE);
  }

  @Test
  void aDeploymentThatTheOperatorPausedWarnsWhenItLosesItsLabel() {
    var name = "paused";
    tenant.create(gatedAndLabelled().apply(Program.requiring(name, "glance", "14")));
    tenant.asOperator().change(name, together(Program.paused(true), Program.marked("glance")));
    var unlabelled = Program.unlabelled().apply(tenant.deployment(name).get());

    assertThat(Warnings.ofReplacement(server.client(), tenant.namespace(), unlabelled))
        .anyMatch(warning -> warning.contains("kubectl rollout resume deployment/" + name));
  }

  @Test
  void theOperatorMayReleaseWhatItPaused() {
    var name = "released";
    tenant.create(gatedAndLabelled().apply(Program.requiring(name, "glance", "14")));
    var operator = tenant.asOperator();
    operator.change(name, together(Program.paused(true), Program.marked("glance")));
    assertThat(tenant.verdict(name)).isEqualTo(Verdict.HELD);

    Operator.release(operator, name);

    assertThat(tenant.verdict(name)).isEqualTo(Verdict.GOING);
  }

  private static UnaryOperator<Deployment> gatedAndLabelled() {
    return together(Program.gated(Gates.OF_LABEL), Program.podLabelled("glance"));
  }

  private static Pod pod() {
    return Program.pod(Program.requiring("pod", "glance", "13"));
  }

  private static Pod gatedPod() {
    return Program.pod(
        Program.gated(Gates.OF_LABEL).apply(Program.requiring("pod", "glance", "13")));
  }

  private static Pod unlabelledPod() {
    return Program.pod(Program.needing("1").apply(Program.deployment("pod")));
  }
}
