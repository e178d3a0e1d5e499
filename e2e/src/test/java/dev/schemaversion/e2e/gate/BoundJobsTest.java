package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.BoundOperatorTest.assertRefused;
import static dev.schemaversion.e2e.gate.Jobs.confined;
import static dev.schemaversion.e2e.gate.Jobs.job;
import static dev.schemaversion.e2e.gate.Jobs.pod;
import static dev.schemaversion.e2e.gate.Jobs.runner;
import static dev.schemaversion.e2e.gate.Jobs.scratch;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvFromSourceBuilder;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Sysctl;
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
 * Which Jobs the operator's account may make, change and delete, even if its rights were those of
 * the administrator.
 */
@GateAlone
class BoundJobsTest {

  /** Something that makes a Job another, and what the refusal of it says. */
  record Refused(String sentence, UnaryOperator<Job> change, String message) {
    @Override
    public String toString() {
      return sentence;
    }
  }

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

  static Stream<Refused> labels() {
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

  static Stream<Refused> life() {
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

  static Stream<Refused> rights() {
    var message = "under the default ServiceAccount without its token";
    return Stream.of(
        refused("another account", pod(p -> p.withServiceAccountName("admin")), message),
        refused("by the old name", pod(p -> p.withServiceAccount("admin")), message),
        refused("with its token", pod(p -> p.withAutomountServiceAccountToken(true)), message),
        refused("silent about it", pod(p -> p.withAutomountServiceAccountToken(null)), message));
  }

  static Stream<Refused> host() {
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

  static Stream<Refused> volumes() {
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

  static Stream<Refused> pods() {
    var message = "whose pods are not root, with the runtime's seccomp profile";
    return Stream.of(
        refused("nothing said", pod(p -> p.withSecurityContext(null)), message),
        refused("perhaps root", security(false, 65532L, "RuntimeDefault"), message),
        refused("root", security(true, 0L, "RuntimeDefault"), message),
        refused("every call", security(true, 65532L, "Unconfined"), message),
        refused(
            "kernel parameters",
            pod(
                p ->
                    p.editSecurityContext()
                        .addToSysctls(new Sysctl("net.ipv4.tcp_syncookies", "1"))
                        .endSecurityContext()),
            message),
        refused(
            "no AppArmor",
            pod(
                p ->
                    p.editSecurityContext()
                        .withNewAppArmorProfile(null, "Unconfined")
                        .endSecurityContext()),
            message),
        refused(
            "another SELinux context",
            pod(
                p ->
                    p.editSecurityContext()
                        .withNewSeLinuxOptions(null, null, "spc_t", null)
                        .endSecurityContext()),
            message));
  }

  static Stream<Refused> containers() {
    var message = "whose containers are restricted, with a read-only root file system";
    return Stream.of(
        refused("nothing said", runner(c -> c.withSecurityContext(null)), message),
        refused("nothing said beside it", scratch(c -> c.withSecurityContext(null)), message),
        refused(
            "privileged",
            runner(confined(s -> s.withPrivileged(true).withAllowPrivilegeEscalation(null))),
            message),
        refused(
            "more privileges",
            runner(confined(s -> s.withAllowPrivilegeEscalation(true))),
            message),
        refused(
            "more privileges beside it",
            scratch(confined(s -> s.withAllowPrivilegeEscalation(true))),
            message),
        refused("writable", runner(confined(s -> s.withReadOnlyRootFilesystem(false))), message),
        refused("perhaps root", runner(confined(s -> s.withRunAsNonRoot(false))), message),
        refused("root", runner(confined(s -> s.withRunAsUser(0L))), message),
        refused(
            "usual capabilities",
            runner(confined(s -> s.withNewCapabilities().endCapabilities())),
            message),
        refused(
            "a capability",
            runner(
                confined(
                    s ->
                        s.withNewCapabilities()
                            .withDrop("ALL")
                            .withAdd("NET_RAW")
                            .endCapabilities())),
            message),
        refused(
            "every call",
            runner(
                confined(
                    s -> s.withNewSeccompProfile().withType("Unconfined").endSeccompProfile())),
            message),
        refused(
            "no AppArmor",
            runner(confined(s -> s.withNewAppArmorProfile(null, "Unconfined"))),
            message),
        refused(
            "another SELinux context",
            runner(confined(s -> s.withNewSeLinuxOptions(null, null, "spc_t", null))),
            message));
  }

  static Stream<Refused> environment() {
    var message = "whose environment is written out, and without devices";
    return Stream.of(
        refused(
            "a variable from a Secret",
            runner(
                c ->
                    c.addToEnv(
                        new EnvVarBuilder()
                            .withName("A")
                            .withNewValueFrom()
                            .withNewSecretKeyRef("k", "other", false)
                            .endValueFrom()
                            .build())),
            message),
        refused(
            "all of a Secret",
            scratch(
                c ->
                    c.addToEnvFrom(
                        new EnvFromSourceBuilder()
                            .withNewSecretRef()
                            .withName("other")
                            .endSecretRef()
                            .build())),
            message));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "labels",
    "life",
    "rights",
    "host",
    "volumes",
    "pods",
    "containers",
    "environment"
  })
  void theOperatorCannotMakeAJobWith(Refused refused) {
    var wanted = refused.change().apply(Jobs.usual());

    assertRefused(() -> operator.rehearsed(wanted), refused.message());
  }

  static Stream<Refused> changes() {
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
  void theOperatorCannotChangeOfItsJob(Refused refused) {
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

  private static OwnerReference owner(String kind) {
    return new OwnerReferenceBuilder()
        .withApiVersion(kind.equals("SchemaVersion") ? "schemaversion.dev/v1alpha1" : "v1")
        .withKind(kind)
        .withName("glance")
        .withUid("6f5d7a1c-0000-4000-8000-000000000000")
        .withBlockOwnerDeletion(false)
        .build();
  }

  private static UnaryOperator<Job> security(boolean nonRoot, long user, String seccomp) {
    return pod(
        p ->
            p.editSecurityContext()
                .withRunAsNonRoot(nonRoot)
                .withRunAsUser(user)
                .editSeccompProfile()
                .withType(seccomp)
                .endSeccompProfile()
                .endSecurityContext());
  }

  private static UnaryOperator<Job> volume(UnaryOperator<VolumeBuilder> kind) {
    return pod(p -> p.addToVolumes(kind.apply(new VolumeBuilder().withName("extra")).build()));
  }

  private static Refused refused(String sentence, UnaryOperator<Job> change, String message) {
    return new Refused(sentence, change, message);
  }
}
