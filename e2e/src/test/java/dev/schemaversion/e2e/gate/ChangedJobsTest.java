package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.BoundOperatorTest.assertRefused;
import static dev.schemaversion.e2e.gate.Jobs.job;
import static dev.schemaversion.e2e.gate.Jobs.owner;
import static dev.schemaversion.e2e.gate.RefusedJob.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the operator's account may change of a Job, and which Jobs it may own and delete. */
@GateAlone
class ChangedJobsTest {
  private Tenant tenant;
  private Tenant operator;

  @BeforeEach
  void namespace(Tenant tenant) {
    this.tenant = tenant;
    operator = tenant.asOperatorWithEveryRight();
  }

  static Stream<RefusedJob> changes() {
    var only = "the operator may only give a Job its owner; it wants to change ";
    return Stream.of(
        refused(
            "its end",
            job(j -> j.editSpec().withActiveDeadlineSeconds(9L).endSpec()),
            only + "spec.activeDeadlineSeconds"),
        refused(
            "a break", job(j -> j.editSpec().withSuspend(true).endSpec()), only + "spec.suspend"),
        refused(
            "labels",
            job(j -> j.editMetadata().addToLabels("a", "b").endMetadata()),
            only + "metadata.labels"),
        refused(
            "annotations",
            job(j -> j.editMetadata().addToAnnotations("a", "b").endMetadata()),
            only + "metadata.annotations"),
        refused(
            "finalizers",
            job(j -> j.editMetadata().addToFinalizers("example.com/f").endMetadata()),
            only + "metadata.finalizers"),
        refused(
            "another kind of owner",
            job(j -> j.editMetadata().addToOwnerReferences(owner("ConfigMap")).endMetadata()),
            "the operator may only give a Job a SchemaVersion as its owner"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void theOperatorCannotChangeOfItsJob(RefusedJob refused) {
    var stored = tenant.create(idle());

    assertRefused(() -> operator.change(stored, refused.change()), refused.message());
  }

  @Test
  void theOperatorMakesOwnsAndDeletesItsJob() {
    var real = tenant.asOperator();
    var stored = real.create(Jobs.usual());

    var owned =
        real.change(
            stored,
            job(j -> j.editMetadata().addToOwnerReferences(owner("SchemaVersion")).endMetadata()));
    assertThat(owned.getMetadata().getOwnerReferences()).hasSize(1);
    real.in(stored).delete();

    assertThat(tenant.in(stored).get()).isNull();
  }

  @Test
  void theOperatorNeitherOwnsNorDeletesAnothersJob() {
    var message = "the operator may only change and delete Jobs that carry its label";
    var stored = tenant.create(Jobs.bare("theirs"));

    assertRefused(
        () ->
            operator.change(
                stored,
                job(
                    j ->
                        j.editMetadata()
                            .addToOwnerReferences(owner("SchemaVersion"))
                            .endMetadata())),
        message);
    assertRefused(() -> operator.in(stored).delete(), message);
    assertThat(tenant.in(stored).get()).isNotNull();
  }

  /** Its own, and without pods: the Job controller would change it, too. */
  private static Job idle() {
    return job(j -> j.editSpec().withParallelism(0).endSpec()).apply(Jobs.usual());
  }
}
