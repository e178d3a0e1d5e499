package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.BoundOperatorTest.assertRefused;
import static dev.schemaversion.e2e.gate.Jobs.confined;
import static dev.schemaversion.e2e.gate.Jobs.pod;
import static dev.schemaversion.e2e.gate.Jobs.runner;
import static dev.schemaversion.e2e.gate.Jobs.scratch;
import static dev.schemaversion.e2e.gate.RefusedJob.refused;

import io.fabric8.kubernetes.api.model.EnvFromSourceBuilder;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Sysctl;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the containers of the Jobs may do that the operator's account makes: as the restricted Pod
 * Security Standard has it, also where a namespace does not enforce that.
 */
@GateAlone
class ConfinedJobsTest {
  private Tenant operator;

  @BeforeEach
  void namespace(Tenant tenant) {
    operator = tenant.asOperatorWithEveryRight();
  }

  static Stream<RefusedJob> pods() {
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

  static Stream<RefusedJob> containers() {
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

  static Stream<RefusedJob> environment() {
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
  @MethodSource({"pods", "containers", "environment"})
  void theOperatorCannotMakeAJobWith(RefusedJob refused) {
    var wanted = refused.change().apply(Jobs.usual());

    assertRefused(() -> operator.rehearsed(wanted), refused.message());
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
}
