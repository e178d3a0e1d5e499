package dev.schemaversion.e2e.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The API server warns about labels and annotations of the gate that are not where the gate reads
 * them, and denies nothing.
 */
@GateAlone
class WarningsTest {

  private static final String NOT_HELD = "the gate does not hold these pods";
  private static final Map<String, String> LABEL = Map.of(Program.REQUIRES, "glance");
  private static final Map<String, String> VERSION = Map.of(Program.MIN, "13");

  private KubernetesClient client;
  private Tenant tenant;

  @BeforeEach
  void namespace(KubernetesClient administrator, Tenant tenant) {
    client = administrator;
    this.tenant = tenant;
  }

  @ParameterizedTest
  @EnumSource
  void annotationsWithoutTheLabel(PodKindsTest.Kind kind) {
    var workload = workload(kind, Map.of(), VERSION);

    assertThat(warnings(workload))
        .singleElement()
        .asString()
        .contains(NOT_HELD, "Add the label to the pod template");
  }

  @ParameterizedTest
  @EnumSource
  void theLabelOnlyOnTheWorkload(PodKindsTest.Kind kind) {
    var workload = workload(kind, Map.of(), VERSION);
    workload.getMetadata().setLabels(LABEL);

    assertThat(warnings(workload))
        .singleElement()
        .asString()
        .contains(
            kind == PodKindsTest.Kind.DEPLOYMENT
                ? "holds roll-outs of this Deployment, but not pods that are replaced"
                : NOT_HELD);
  }

  @ParameterizedTest
  @EnumSource
  void theLabelOnlyOnThePodTemplate(PodKindsTest.Kind kind) {
    var workload = workload(kind, LABEL, VERSION);

    if (kind == PodKindsTest.Kind.DEPLOYMENT) {
      assertThat(warnings(workload))
          .singleElement()
          .asString()
          .contains("but not the roll-out as a whole");
    } else {
      assertThat(warnings(workload)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void annotationsOnTheWorkload(PodKindsTest.Kind kind) {
    var workload = workload(kind, LABEL, Map.of());
    workload.getMetadata().setLabels(LABEL);
    workload.getMetadata().setAnnotations(VERSION);

    assertThat(warnings(workload))
        .singleElement()
        .asString()
        .contains("from the pod template only", "Move them");
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsSaidAboutWhatIsRightOrOfNoConcernOrCreatedByAController(PodKindsTest.Kind kind) {
    var right = workload(kind, LABEL, VERSION);
    right.getMetadata().setLabels(LABEL);
    var owned = workload(kind, Map.of(), VERSION);
    owned.getMetadata().setOwnerReferences(List.of(controller()));

    assertThat(warnings(right)).isEmpty();
    assertThat(warnings(workload(kind, Map.of(), Map.of()))).isEmpty();
    assertThat(warnings(owned)).isEmpty();
  }

  @Test
  void ofPods() {
    var annotated = Program.pod(Program.needing("13").apply(Program.deployment("pod")));
    var right = Program.pod(Program.requiring("pod", "glance", "13"));
    var owned = Pods.metadata(m -> m.withOwnerReferences(controller())).apply(annotated);

    assertThat(warnings(annotated))
        .singleElement()
        .asString()
        .contains("the gate does not hold this pod", "Add the label");
    assertThat(warnings(right)).isEmpty();
    assertThat(warnings(owned)).isEmpty();
  }

  @Test
  void aLabelOnAPodThatExists() {
    var stored = tenant.create(Program.pod(Program.needing("14").apply(Program.deployment("pod"))));

    assertThat(warnings(stored, Pods.metadata(m -> m.addToLabels(LABEL))))
        .singleElement()
        .asString()
        .contains("does not hold a pod that exists already");
    assertThat(warnings(stored, UnaryOperator.identity())).isEmpty();
  }

  /** Others change a pod, too, and a replacement is refused that has not seen it. */
  private List<String> warnings(Pod stored, UnaryOperator<Pod> change) {
    var pod =
        client.pods().inNamespace(tenant.namespace()).withName(stored.getMetadata().getName());
    return await("a replacement of the latest pod")
        .ignoreException(IllegalStateException.class)
        .until(
            () -> Warnings.ofReplacement(client, tenant.namespace(), change.apply(pod.get())),
            warnings -> true);
  }

  private List<String> warnings(HasMetadata object) {
    return Warnings.ofCreation(client, tenant.namespace(), object);
  }

  private static OwnerReference controller() {
    return new OwnerReferenceBuilder()
        .withApiVersion("example.com/v1")
        .withKind("Owner")
        .withName("owner")
        .withUid("1")
        .withController(true)
        .build();
  }

  /** Returns a workload whose pod template has these of the gate's labels and annotations. */
  private static GenericKubernetesResource workload(
      PodKindsTest.Kind kind, Map<String, String> labels, Map<String, String> annotations) {
    var workload =
        Serialization.unmarshal(kind.manifest("workload", "13"), GenericKubernetesResource.class);
    Map<String, Object> pods =
        kind == PodKindsTest.Kind.CRON_JOB
            ? workload.get("spec", "jobTemplate", "spec", "template", "metadata")
            : workload.get("spec", "template", "metadata");
    var all = new HashMap<>(labels);
    all.put("app", "workload");
    pods.put("labels", all);
    pods.put("annotations", annotations);
    return workload;
  }
}
