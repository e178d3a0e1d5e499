package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.DeniedChange.assertDenied;
import static dev.schemaversion.e2e.gate.DeniedChange.denied;
import static dev.schemaversion.e2e.gate.Program.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The policies limit how the operator's account may change Deployments and SchemaVersions, even
 * with an administrator's rights. {@link BoundPodsTest} covers pods, and {@link BoundJobsTest} the
 * Jobs.
 */
@GateAlone
class BoundOperatorTest {

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  static final OwnerReference OWNER =
      new OwnerReferenceBuilder()
          .withApiVersion("v1")
          .withKind("ConfigMap")
          .withName("owner")
          .withUid("6f5d7a1c-0000-4000-8000-000000000000")
          .build();

  private Tenant tenant;
  private Tenant operator;

  @BeforeEach
  void namespace(Tenant tenant) {
    this.tenant = tenant;
    operator = tenant.asOperatorWithEveryRight();
  }

  static Stream<DeniedChange<Deployment>> changesOfDeployments() {
    var only =
        "the operator may only change the annotation schemaversion.dev/held of a Deployment; the request changes ";
    var pause = "the operator may only pause and unpause a Deployment; the request changes ";
    return Stream.of(
        denied("an image", Program.image("localhost/evil:1"), pause + "spec.template"),
        denied("what the pods need", Program.needing("1"), pause + "spec.template"),
        denied("the size", Program.replicas(3), pause + "spec.replicas"),
        denied(
            "the strategy",
            deployment(
                d -> d.editSpec().withNewStrategy().withType("Recreate").endStrategy().endSpec()),
            pause + "spec.strategy"),
        denied(
            "a field that was not there",
            deployment(d -> d.editSpec().withMinReadySeconds(7).endSpec()),
            pause + "spec.minReadySeconds"),
        denied(
            "image and release in one",
            together(Program.unmarked(), Program.paused(null), Program.image("localhost/evil:1")),
            pause + "spec.template"),
        denied("the label", Program.labelled("other"), only + "metadata.labels"),
        denied("no label", Program.unlabelled(), only + "metadata.labels"),
        denied(
            "a finalizer",
            deployment(d -> d.editMetadata().addToFinalizers("example.com/f").endMetadata()),
            only + "metadata.finalizers"),
        denied(
            "an owner",
            deployment(d -> d.editMetadata().addToOwnerReferences(OWNER).endMetadata()),
            only + "metadata.ownerReferences"),
        denied("a new annotation", Program.annotated("a", "b"), only + "the annotations a"),
        denied(
            "another's annotation", Program.annotated("mine", "x"), only + "the annotations mine"),
        denied(
            "no annotations at all",
            deployment(d -> d.editMetadata().withAnnotations(null).endMetadata()),
            only + "the annotations mine"),
        denied(
            "another mark",
            Program.marked("other"),
            "the operator may set the annotation schemaversion.dev/held only on a Deployment that it pauses"),
        denied(
            "the pause without the mark",
            Program.paused(false),
            "the operator may unpause a Deployment only if it also removes the annotation schemaversion.dev/held"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changesOfDeployments")
  void aChangeOfAHeldDeploymentIsDenied(DeniedChange<Deployment> denied) {
    var held = Program.annotated("mine", "1").apply(Program.requiring("p", "glance", "14"));
    var stored = tenant.create(held);

    assertDenied(() -> operator.change(stored, denied.change()), denied.message());
  }

  @Test
  void theOperatorPausesLabelledDeploymentsWithTheMarkOnlyAndResumesNoUsersPause() {
    var going = tenant.create(Program.requiring("going", "glance", "13"));
    var unlabelled = tenant.create(Program.deployment("unlabelled"));
    var paused =
        tenant.create(Program.paused(true).apply(Program.requiring("paused", "glance", "13")));
    var pauses = "the operator may pause a Deployment only if it has the label";
    var marks = "the operator may set the annotation schemaversion.dev/held only on a Deployment";

    assertDenied(() -> operator.change(going, Program.paused(true)), pauses);
    assertDenied(
        () ->
            operator.change(
                unlabelled, together(Program.paused(true), Program.marked("unlabelled"))),
        pauses);
    assertDenied(() -> operator.change(going, Program.marked("glance")), marks);
    assertDenied(() -> operator.change(paused, Program.marked("glance")), marks);
    assertDenied(
        () -> operator.change(paused, Program.paused(false)),
        "the operator may unpause a Deployment only if it also removes the annotation schemaversion.dev/held");

    operator.change(going, together(Program.paused(true), Program.marked("glance")));
    assertThat(tenant.verdict("going")).isEqualTo(Verdict.HELD);
  }

  @Test
  void theOperatorCanReleaseADeployment() {
    var held = Program.annotated("mine", "1").apply(Program.requiring("p", "glance", "14"));
    var stored = tenant.create(held);

    Operator.release(tenant.asOperator(), "p");

    var released = tenant.deployment("p").get();
    assertThat(Verdict.of(released)).isEqualTo(Verdict.GOING);
    assertThat(released.getMetadata().getAnnotations()).containsEntry("mine", "1");
    assertThat(released.getSpec().getTemplate()).isEqualTo(stored.getSpec().getTemplate());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'spec': {'version': '14'}} | spec.version",
        "{'spec': {'database': {'host': 'elsewhere'}}} | spec.database",
        "{'spec': {'suspend': true}} | spec.suspend",
        "{'metadata': {'labels': {'a': 'b'}}} | metadata.labels",
        "{'metadata': {'annotations': {'schemaversion.dev/approve': 'x'}}} | metadata.annotations",
        "{'metadata': {'finalizers': ['example.com/f']}} | its own finalizer",
        "{'metadata': {'finalizers': null}} | its own finalizer"
      })
  void aChangeOfASchemaVersionIsDenied(String json, String what) {
    var guard = "{'metadata': {'finalizers': ['example.com/guard']}}";
    var asked = json.replace('\'', '"');
    tenant.schemaVersion("glance", "13").patch(MERGE, guard.replace('\'', '"'));
    try {
      assertDenied(() -> operator.schemaVersion("glance", "13").patch(MERGE, asked), what);
    } finally {
      tenant.schemaVersion("glance", "13").patch(MERGE, "{\"metadata\":{\"finalizers\":null}}");
    }
  }

  @Test
  void theOperatorCanSetItsFinalizerAndTheStatus() {
    var real = tenant.asOperator();
    var finalizer = "{\"metadata\":{\"finalizers\":%s}}";

    real.schemaVersion("glance", "13")
        .patch(MERGE, finalizer.formatted("[\"schemaversion.dev/running-job\"]"));
    assertThat(tenant.schemaVersion("glance", "13").get().getMetadata().getFinalizers())
        .containsExactly("schemaversion.dev/running-job");
    real.schemaVersion("glance", "13").patch(MERGE, finalizer.formatted("null"));
    real.record("glance", "13", "14", 1);

    var stored = tenant.schemaVersion("glance", "13").get();
    assertThat(stored.getMetadata().getFinalizers()).isEmpty();
    assertThat(stored.get("status").toString()).contains("target=14");
  }

  @Test
  void otherAccountsAreNotLimited() {
    var stored = tenant.create(Program.requiring("p", "glance", "13"));

    var changed = tenant.change(stored, Program.image("localhost/program:2"));

    assertThat(changed.getSpec().getTemplate().getSpec().getContainers().get(0).getImage())
        .isEqualTo("localhost/program:2");
  }

  private static UnaryOperator<Deployment> deployment(UnaryOperator<DeploymentBuilder> edit) {
    return d -> edit.apply(new DeploymentBuilder(d)).build();
  }
}
