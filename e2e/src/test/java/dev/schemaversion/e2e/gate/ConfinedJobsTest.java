package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.DeniedChange.assertDenied;
import static dev.schemaversion.e2e.gate.DeniedChange.denied;
import static dev.schemaversion.e2e.gate.Jobs.confined;
import static dev.schemaversion.e2e.gate.Jobs.pod;
import static dev.schemaversion.e2e.gate.Jobs.runner;
import static dev.schemaversion.e2e.gate.Jobs.scratch;

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
 * The policies limit the containers of the Jobs that the operator's account creates to the
 * restricted Pod Security Standard, also in namespaces that do not enforce it.
 */
@GateAlone
class ConfinedJobsTest {
  private Tenant operator;

  @BeforeEach
  void namespace(Tenant tenant) {
    operator = tenant.asOperatorWithEveryRight();
  }

  static Stream<DeniedChange<Job>> pods() {
    var message = "whose pods run as non-root with the seccomp profile RuntimeDefault";
    return Stream.of(
        denied("nothing said", pod(p -> p.withSecurityContext(null)), message),
        denied("perhaps root", security(false, 65532L, "RuntimeDefault"), message),
        denied("root", security(true, 0L, "RuntimeDefault"), message),
        denied("every call", security(true, 65532L, "Unconfined"), message),
        denied(
            "kernel parameters",
            pod(
                p ->
                    p.editSecurityContext()
                        .addToSysctls(new Sysctl("net.ipv4.tcp_syncookies", "1"))
                        .endSecurityContext()),
            message),
        denied(
            "no AppArmor",
            pod(
                p ->
                    p.editSecurityContext()
                        .withNewAppArmorProfile(null, "Unconfined")
                        .endSecurityContext()),
            message),
        denied(
            "another SELinux context",
            pod(
                p ->
                    p.editSecurityContext()
                        .withNewSeLinuxOptions(null, null, "spc_t", null)
                        .endSecurityContext()),
            message));
  }

  static Stream<DeniedChange<Job>> containers() {
    var message =
        "whose containers meet the restricted Pod Security Standard, with a read-only root file system";
    return Stream.of(
        denied("nothing said", runner(c -> c.withSecurityContext(null)), message),
        denied("nothing said beside it", scratch(c -> c.withSecurityContext(null)), message),
        denied(
            "privileged",
            runner(confined(s -> s.withPrivileged(true).withAllowPrivilegeEscalation(null))),
            message),
        denied(
            "more privileges",
            runner(confined(s -> s.withAllowPrivilegeEscalation(true))),
            message),
        denied(
            "more privileges beside it",
            scratch(confined(s -> s.withAllowPrivilegeEscalation(true))),
            message),
        denied("writable", runner(confined(s -> s.withReadOnlyRootFilesystem(false))), message),
        denied("perhaps root", runner(confined(s -> s.withRunAsNonRoot(false))), message),
        denied("root", runner(confined(s -> s.withRunAsUser(0L))), message),
        denied(
            "the default capabilities",
            runner(confined(s -> s.withNewCapabilities().endCapabilities())),
            message),
        denied(
            "a capability",
            runner(
                confined(
                    s ->
                        s.withNewCapabilities()
                            .withDrop("ALL")
                            .withAdd("NET_RAW")
                            .endCapabilities())),
            message),
        denied(
            "every call",
            runner(
                confined(
                    s -> s.withNewSeccompProfile().withType("Unconfined").endSeccompProfile())),
            message),
        denied(
            "no AppArmor",
            runner(confined(s -> s.withNewAppArmorProfile(null, "Unconfined"))),
            message),
        denied(
            "another SELinux context",
            runner(confined(s -> s.withNewSeLinuxOptions(null, null, "spc_t", null))),
            message));
  }

  static Stream<DeniedChange<Job>> environment() {
    var message = "without envFrom, valueFrom and volumeDevices";
    return Stream.of(
        denied(
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
        denied(
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
  void aJobIsDeniedWith(DeniedChange<Job> denied) {
    var wanted = denied.change().apply(Jobs.sync());

    assertDenied(() -> operator.dryRun(wanted), denied.message());
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
