package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.BoundOperatorTest.assertRefused;
import static dev.schemaversion.e2e.gate.Jobs.job;
import static dev.schemaversion.e2e.gate.Jobs.owner;
import static dev.schemaversion.e2e.gate.Jobs.pod;
import static dev.schemaversion.e2e.gate.Jobs.runner;
import static dev.schemaversion.e2e.gate.RefusedJob.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which Jobs the operator's account may make, even if its rights were those of the administrator:
 * whose they are, how they live, and what they see of node and namespace.
 */
@GateAlone
class BoundJobsTest {
  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  private Tenant tenant;
  private Tenant operator;

  @BeforeEach
  void namespace(Tenant tenant) {
    this.tenant = tenant;
    operator = tenant.asOperatorWithEveryRight();
  }

  static List<Path> golden() {
    return Jobs.golden();
  }

  @ParameterizedTest
  @MethodSource("golden")
  void everyJobItIsKnownToMakeIsAllowed(Path file) {
    assertThat(tenant.asOperator().rehearsed(Jobs.golden(file))).isNotNull();
  }

  @Test
  void migrationsFromAnImageAreAllowed() {
    var image = volume(v -> v.withNewImage().withReference("localhost/migrations:1").endImage());

    assertThat(operator.rehearsed(image.apply(Jobs.usual()))).isNotNull();
  }

  static Stream<RefusedJob> labels() {
    var message = "the operator may only create Jobs that carry its labels";
    return Stream.of(
        refused(
            "not labelled as its own",
            job(j -> j.editMetadata().removeFromLabels(MANAGED_BY).endMetadata()),
            message),
        refused(
            "labelled as another's",
            job(j -> j.editMetadata().addToLabels(MANAGED_BY, "Helm").endMetadata()),
            message),
        refused(
            "for no resource",
            job(j -> j.editMetadata().removeFromLabels("schemaversion.dev/resource").endMetadata()),
            message),
        refused(
            "pods not labelled as its own",
            job(
                j ->
                    j.editSpec()
                        .editTemplate()
                        .editMetadata()
                        .removeFromLabels(MANAGED_BY)
                        .endMetadata()
                        .endTemplate()
                        .endSpec()),
            message),
        refused(
            "pods that the gate would hold",
            job(
                j ->
                    j.editSpec()
                        .editTemplate()
                        .editMetadata()
                        .addToLabels(Program.REQUIRES, "glance")
                        .endMetadata()
                        .endTemplate()
                        .endSpec()),
            message));
  }

  static Stream<RefusedJob> life() {
    var message = "without owner, retries, deadline and time to live";
    return Stream.of(
        refused(
            "owned from the start",
            job(j -> j.editMetadata().addToOwnerReferences(owner("SchemaVersion")).endMetadata()),
            message),
        refused("retries", job(j -> j.editSpec().withBackoffLimit(1).endSpec()), message),
        refused("usual retries", job(j -> j.editSpec().withBackoffLimit(null).endSpec()), message),
        refused(
            "a deadline", job(j -> j.editSpec().withActiveDeadlineSeconds(9L).endSpec()), message),
        refused(
            "a time to live",
            job(j -> j.editSpec().withTtlSecondsAfterFinished(9).endSpec()),
            message),
        refused("restarts", pod(p -> p.withRestartPolicy("OnFailure")), message));
  }

  static Stream<RefusedJob> rights() {
    var message = "under the default ServiceAccount without its token";
    return Stream.of(
        refused("another account", pod(p -> p.withServiceAccountName("admin")), message),
        refused("by the old name", pod(p -> p.withServiceAccount("admin")), message),
        refused("with its token", pod(p -> p.withAutomountServiceAccountToken(true)), message),
        refused("silent about it", pod(p -> p.withAutomountServiceAccountToken(null)), message));
  }

  static Stream<RefusedJob> host() {
    var message = "that share nothing with their node";
    return Stream.of(
        refused("the node's network", pod(p -> p.withHostNetwork(true)), message),
        refused("the node's processes", pod(p -> p.withHostPID(true)), message),
        refused("the node's IPC", pod(p -> p.withHostIPC(true)), message),
        refused("each other's processes", pod(p -> p.withShareProcessNamespace(true)), message),
        refused("a node of its choice", pod(p -> p.withNodeName("node")), message),
        refused(
            "other names for hosts",
            pod(p -> p.withHostAliases(new HostAlias(List.of("postgres"), "192.0.2.1"))),
            message),
        refused(
            "a port of the node",
            runner(
                c ->
                    c.withPorts(
                        new ContainerPortBuilder().withContainerPort(80).withHostPort(80).build())),
            message));
  }

  static Stream<RefusedJob> volumes() {
    var message = "with volumes of the kinds emptyDir, configMap, secret and image, not ";
    return Stream.of(
        refused(
            "a folder of the node",
            volume(v -> v.withNewHostPath().withPath("/").endHostPath()),
            message + "hostPath"),
        refused(
            "a token",
            volume(
                v ->
                    v.withNewProjected()
                        .addNewSource()
                        .withNewServiceAccountToken()
                        .withPath("token")
                        .endServiceAccountToken()
                        .endSource()
                        .endProjected()),
            message + "projected"),
        refused(
            "a claim",
            volume(
                v ->
                    v.withNewPersistentVolumeClaim().withClaimName("c").endPersistentVolumeClaim()),
            message + "persistentVolumeClaim"),
        refused(
            "a driver",
            volume(v -> v.withNewCsi().withDriver("example.com").endCsi()),
            message + "csi"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"labels", "life", "rights", "host", "volumes"})
  void theOperatorCannotMakeAJobWith(RefusedJob refused) {
    var wanted = refused.change().apply(Jobs.usual());

    assertRefused(() -> operator.rehearsed(wanted), refused.message());
  }

  private static UnaryOperator<Job> volume(UnaryOperator<VolumeBuilder> kind) {
    return pod(p -> p.addToVolumes(kind.apply(new VolumeBuilder().withName("extra")).build()));
  }
}
