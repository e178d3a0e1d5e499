package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.DeniedChange.assertDenied;
import static dev.schemaversion.e2e.gate.DeniedChange.denied;
import static dev.schemaversion.e2e.gate.Jobs.job;
import static dev.schemaversion.e2e.gate.Jobs.owner;
import static dev.schemaversion.e2e.gate.Jobs.pod;
import static dev.schemaversion.e2e.gate.Jobs.runner;
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
 * The policies limit which Jobs the operator's account may create, even with an administrator's
 * rights: their labels, their lifecycle, and their access to node and namespace.
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
  void everyGoldenJobIsAllowed(Path file) {
    assertThat(tenant.asOperator().dryRun(Jobs.golden(file))).isNotNull();
  }

  @Test
  void migrationsFromAnImageAreAllowed() {
    var image = volume(v -> v.withNewImage().withReference("localhost/migrations:1").endImage());

    assertThat(operator.dryRun(image.apply(Jobs.sync()))).isNotNull();
  }

  static Stream<DeniedChange<Job>> labels() {
    var message = "the operator may only create Jobs with its labels";
    return Stream.of(
        denied(
            "not labelled as its own",
            job(j -> j.editMetadata().removeFromLabels(MANAGED_BY).endMetadata()),
            message),
        denied(
            "labelled as another's",
            job(j -> j.editMetadata().addToLabels(MANAGED_BY, "Helm").endMetadata()),
            message),
        denied(
            "for no resource",
            job(j -> j.editMetadata().removeFromLabels("schemaversion.dev/resource").endMetadata()),
            message),
        denied(
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
        denied(
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

  static Stream<DeniedChange<Job>> life() {
    var message =
        "without ownerReferences, retries, activeDeadlineSeconds and ttlSecondsAfterFinished";
    return Stream.of(
        denied(
            "owned from the start",
            job(j -> j.editMetadata().addToOwnerReferences(owner("SchemaVersion")).endMetadata()),
            message),
        denied("retries", job(j -> j.editSpec().withBackoffLimit(1).endSpec()), message),
        denied(
            "the default retries",
            job(j -> j.editSpec().withBackoffLimit(null).endSpec()),
            message),
        denied(
            "a deadline", job(j -> j.editSpec().withActiveDeadlineSeconds(9L).endSpec()), message),
        denied(
            "a time to live",
            job(j -> j.editSpec().withTtlSecondsAfterFinished(9).endSpec()),
            message),
        denied("restarts", pod(p -> p.withRestartPolicy("OnFailure")), message));
  }

  static Stream<DeniedChange<Job>> rights() {
    var message = "under the default ServiceAccount without its token";
    return Stream.of(
        denied("another account", pod(p -> p.withServiceAccountName("admin")), message),
        denied("by the old name", pod(p -> p.withServiceAccount("admin")), message),
        denied("with its token", pod(p -> p.withAutomountServiceAccountToken(true)), message),
        denied("silent about it", pod(p -> p.withAutomountServiceAccountToken(null)), message));
  }

  static Stream<DeniedChange<Job>> host() {
    var message =
        "without host namespaces, host ports, hostAliases, nodeName and a shared process namespace";
    return Stream.of(
        denied("the node's network", pod(p -> p.withHostNetwork(true)), message),
        denied("the node's processes", pod(p -> p.withHostPID(true)), message),
        denied("the node's IPC", pod(p -> p.withHostIPC(true)), message),
        denied("each other's processes", pod(p -> p.withShareProcessNamespace(true)), message),
        denied("a node of its choice", pod(p -> p.withNodeName("node")), message),
        denied(
            "other names for hosts",
            pod(p -> p.withHostAliases(new HostAlias(List.of("postgres"), "192.0.2.1"))),
            message),
        denied(
            "a port of the node",
            runner(
                c ->
                    c.withPorts(
                        new ContainerPortBuilder().withContainerPort(80).withHostPort(80).build())),
            message));
  }

  static Stream<DeniedChange<Job>> volumes() {
    var message = "with volumes of the kinds emptyDir, configMap, secret and image, not ";
    return Stream.of(
        denied(
            "a folder of the node",
            volume(v -> v.withNewHostPath().withPath("/").endHostPath()),
            message + "hostPath"),
        denied(
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
        denied(
            "a claim",
            volume(
                v ->
                    v.withNewPersistentVolumeClaim().withClaimName("c").endPersistentVolumeClaim()),
            message + "persistentVolumeClaim"),
        denied(
            "a driver",
            volume(v -> v.withNewCsi().withDriver("example.com").endCsi()),
            message + "csi"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"labels", "life", "rights", "host", "volumes"})
  void aJobIsDeniedWith(DeniedChange<Job> denied) {
    var wanted = denied.change().apply(Jobs.sync());

    assertDenied(() -> operator.dryRun(wanted), denied.message());
  }

  private static UnaryOperator<Job> volume(UnaryOperator<VolumeBuilder> kind) {
    return pod(p -> p.addToVolumes(kind.apply(new VolumeBuilder().withName("extra")).build()));
  }
}
