package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.DeniedChange.assertDenied;
import static dev.schemaversion.e2e.gate.DeniedChange.denied;
import static dev.schemaversion.e2e.gate.Jobs.job;
import static dev.schemaversion.e2e.gate.Jobs.owner;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The policies limit how the operator's account may change a Job, and which Jobs it may adopt and
 * delete.
 */
@GateAlone
class ChangedJobsTest {
  private Tenant tenant;
  private Tenant operator;

  @BeforeEach
  void namespace(Tenant tenant) {
    this.tenant = tenant;
    operator = tenant.asOperatorWithEveryRight();
  }

  static Stream<DeniedChange<Job>> changes() {
    var only = "the operator may only set the ownerReferences of a Job; the request changes ";
    return Stream.of(
        denied(
            "its end",
            job(j -> j.editSpec().withActiveDeadlineSeconds(9L).endSpec()),
            only + "spec.activeDeadlineSeconds"),
        denied(
            "a break", job(j -> j.editSpec().withSuspend(true).endSpec()), only + "spec.suspend"),
        denied(
            "labels",
            job(j -> j.editMetadata().addToLabels("a", "b").endMetadata()),
            only + "metadata.labels"),
        denied(
            "annotations",
            job(j -> j.editMetadata().addToAnnotations("a", "b").endMetadata()),
            only + "metadata.annotations"),
        denied(
            "finalizers",
            job(j -> j.editMetadata().addToFinalizers("example.com/f").endMetadata()),
            only + "metadata.finalizers"),
        denied(
            "another kind of owner",
            job(j -> j.editMetadata().addToOwnerReferences(owner("ConfigMap")).endMetadata()),
            "the operator may only set a SchemaVersion as the owner of a Job"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void aChangeOfAJobIsDenied(DeniedChange<Job> denied) {
    var stored = tenant.create(idle());

    assertDenied(() -> operator.change(stored, denied.change()), denied.message());
  }

  @Test
  void theOperatorCanCreateAdoptAndDeleteItsJob() {
    var real = tenant.asOperator();
    var stored = real.create(Jobs.sync());

    var owned =
        real.change(
            stored,
            job(j -> j.editMetadata().addToOwnerReferences(owner("SchemaVersion")).endMetadata()));
    assertThat(owned.getMetadata().getOwnerReferences()).hasSize(1);
    real.in(stored).delete();

    assertThat(tenant.in(stored).get()).isNull();
  }

  @Test
  void theOperatorCanNeitherAdoptNorDeleteAForeignJob() {
    var message = "the operator may only change and delete Jobs with its label";
    var stored = tenant.create(Jobs.bare("theirs"));

    assertDenied(
        () ->
            operator.change(
                stored,
                job(
                    j ->
                        j.editMetadata()
                            .addToOwnerReferences(owner("SchemaVersion"))
                            .endMetadata())),
        message);
    assertDenied(() -> operator.in(stored).delete(), message);
    assertThat(tenant.in(stored).get()).isNotNull();
  }

  /** A Job of the operator without pods, which the Job controller would change too. */
  private static Job idle() {
    return job(j -> j.editSpec().withParallelism(0).endSpec()).apply(Jobs.sync());
  }
}
