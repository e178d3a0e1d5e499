package dev.schemaversion.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Retry, verify, suspend and resume set one field, and say what follows. */
@EnableKubernetesMockClient(crud = true, https = false)
class ChangeCommandsTest {
  private static final String NOW = Plugin.NOW.toString();

  KubernetesMockServer server;
  private Plugin plugin;

  @BeforeEach
  void connect() {
    plugin = new Plugin(server);
  }

  @Test
  void retrySetsTheAnnotationToANewValue() {
    stalled("MigrationFailed", "V014 failed");

    var retry = plugin.run("retry", "glance");

    assertThat(retry.err()).isEmpty();
    assertThat(retry.out()).startsWith("Asked for another attempt after MigrationFailed.");
    assertThat(annotations()).containsEntry("schemaversion.dev/retry", NOW);
  }

  @ParameterizedTest(name = "after {0}, typed {1}: {2}")
  @CsvSource({
    "HalfApplied, y, 0",
    "HalfApplied, yes, 0",
    "HalfApplied, n, 1",
    "HalfApplied, '', 1",
    "FailedInHistory, '', 1",
    "MigrationFailed, '', 0",
    "RunnerLost, '', 0",
    "DatabaseUnreachable, '', 0",
  })
  void retryAsksWhereItConfirmsARepair(String reason, String typed, int exit) {
    stalled(reason, "what to do");

    var retry = plugin.typing(typed).run("retry", "glance");

    assertThat(retry.exit()).isEqualTo(exit);
    assertThat(annotations().containsKey("schemaversion.dev/retry")).isEqualTo(exit == 0);
  }

  @Test
  void retryAsksNothingWithYes() {
    stalled("HalfApplied", "what to do");

    assertThat(plugin.run("retry", "glance", "--yes").exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"IncompatibleWorkloads", "DatabaseShared", "ApprovalPending", "SyncRunning"})
  void retryRefusesWhereNoJobHasFailed(String reason) {
    stalled(reason, "what to do instead");

    var retry = plugin.run("retry", "glance");

    assertThat(retry.exit()).isOne();
    assertThat(retry.err())
        .isEqualTo(
            "error: A retry changes nothing here, because no Job has failed. "
                + reason
                + ": what to do instead\n");
    assertThat(annotations()).isEmpty();
  }

  @Test
  void retryOfAReadyResourceChangesNothing() {
    plugin.create(
        SomeObjects.resource("", SomeObjects.status("True", "False", "AtVersion", "at 13")));

    var retry = plugin.run("retry", "glance");

    assertThat(retry.out()).isEqualTo("glance is Ready, so there is nothing to retry.\n");
    assertThat(annotations()).isEmpty();
  }

  @Test
  void retryOfASuspendedResourceSaysToResumeFirst() {
    plugin.create(
        SomeObjects.resource(
            "suspend: true", SomeObjects.status("False", "True", "MigrationFailed", "failed")));

    assertThat(plugin.run("retry", "glance").err())
        .isEqualTo(
            "error: glance is suspended, so a retry would start no Job. Run first: kubectl schemaversion resume glance\n");
  }

  @Test
  void retryWaitsUntilAnotherJobHasEndedWell() {
    stalled("MigrationFailed", "V014 failed");
    plugin
        .meanwhile(() -> {})
        .meanwhile(() -> becomes("Ready", "True", "AtVersion", "the database is at 14"));

    var retry = plugin.run("retry", "glance", "--wait");

    assertThat(retry.exit()).isZero();
    assertThat(retry.err()).isEqualTo("MigrationFailed: V014 failed\n");
    assertThat(retry.out()).endsWith("\nReady: the database is at 14\n");
  }

  @Test
  void retryFailsWhenTheNextJobFails() {
    stalled("MigrationFailed", "V014 failed");
    plugin.meanwhile(() -> becomes("Stalled", "True", "MigrationFailed", "V014 failed again"));

    var retry = plugin.run("retry", "glance", "--wait");

    assertThat(retry.exit()).isOne();
    assertThat(retry.err()).endsWith("error: MigrationFailed: V014 failed again\n");
  }

  @Test
  void retryGivesUpWhenTheTimeIsOver() {
    stalled("MigrationFailed", "V014 failed");

    var retry = plugin.run("retry", "glance", "--wait");

    assertThat(retry.exit()).isOne();
    assertThat(retry.err())
        .contains("It has not ended yet")
        .contains("schemaversion status glance");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "10 m", "-1s", "1d", ""})
  void anInvalidTimeoutIsAUsageError(String timeout) {
    var retry = plugin.run("retry", "glance", "--timeout", timeout);

    assertThat(retry.exit()).isEqualTo(2);
    assertThat(retry.err()).contains("is no time such as 90s, 10m or 2h");
  }

  @Test
  void verifySetsTheAnnotationAndWaitsForItsAnswer() {
    proven("True", "Proven", "null");
    plugin.meanwhile(() -> answered("True", "Proven", "the schema is the proven one"));

    var verify = plugin.run("verify", "glance", "--wait");

    assertThat(annotations()).containsEntry("schemaversion.dev/verify", NOW);
    assertThat(verify.out()).endsWith("\nThe schema is the proven one.\n");
    assertThat(verify.exit()).isZero();
  }

  @Test
  void verifyFailsOnDriftOnlyAfterTheProveJob() {
    proven("True", "Proven", "null");
    plugin
        .meanwhile(() -> answered("Unknown", "ProofPending", "not done yet"))
        .meanwhile(() -> answered("False", "Drifted", "1 object differs"));

    var verify = plugin.run("verify", "glance", "--wait");

    assertThat(verify.exit()).isOne();
    assertThat(verify.err()).endsWith("error: Drifted: 1 object differs\n");
  }

  @Test
  void verifyOfWhatWasNeverProvenIsRefused() {
    stalled("BaselineRequired", "claim a version");

    assertThat(plugin.run("verify", "glance").err()).contains("there is nothing to verify");
  }

  @ParameterizedTest(name = "{0} of suspend: {1} → suspend: {2}")
  @CsvSource({
    "suspend, false, true, is suspended: no new Job starts",
    "resume, true, false, is active",
    "suspend, true, true, is suspended already",
    "resume, false, false, is active already",
  })
  void suspendAndResumeSetTheField(String command, boolean before, boolean after, String said) {
    plugin.create(
        SomeObjects.resource(
            "suspend: " + before, SomeObjects.status("True", "False", "AtVersion", "at 13")));

    var changed = plugin.run(command, "glance");

    assertThat(changed.out()).contains(said);
    assertThat(changed.err()).isEmpty();
    assertThat(read().getSpec().suspended()).isEqualTo(after);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "'managedFields: [{manager: argocd-controller}]', Argo CD",
    "'managedFields: [{manager: kustomize-controller}]', Flux",
    "'labels: {helm.toolkit.fluxcd.io/name: glance}', Flux",
    "'annotations: {argocd.argoproj.io/tracking-id: x}', Argo CD",
  })
  void suspendWarnsWhereAGitOpsToolMayRevertIt(String mark, String tool) {
    plugin.create(
        SomeObjects.resource("", SomeObjects.status("True", "False", "AtVersion", "at 13"))
            .replace("generation: 2}", "generation: 2, " + mark + "}"));

    assertThat(plugin.run("suspend", "glance").err())
        .startsWith("warning: " + tool + " applies this resource and may revert the change.");
  }

  private void stalled(String reason, String message) {
    plugin.create(SomeObjects.resource("", SomeObjects.status("False", "True", reason, message)));
  }

  private void proven(String status, String reason, String asked) {
    plugin.create(
        SomeObjects.resource(
            "",
            """
            {version: "13", proof: {verdict: Equal, asked: %s}, conditions: [{type: Proven, status: "%s", reason: %s, message: ""}]}"""
                .formatted(asked, status, reason)));
  }

  private void answered(String status, String reason, String message) {
    change(
        resource -> {
          var condition = resource.getStatus().conditions().getFirst();
          condition.setStatus(status);
          condition.setReason(reason);
          condition.setMessage(message);
          resource.setStatus(
              resource.getStatus().withProof(resource.getStatus().proof().withAsked(NOW)));
        });
  }

  /** Another Job has ended, and the condition is this one. */
  private void becomes(String type, String status, String reason, String message) {
    change(
        resource -> {
          for (var condition : resource.getStatus().conditions()) {
            boolean same = condition.getType().equals(type);
            condition.setStatus(same ? status : "False");
            condition.setReason(reason);
            condition.setMessage(message);
          }
          resource.setStatus(resource.getStatus().withHistory(Ended.job("glance-sync-2")));
        });
  }

  private void change(Consumer<SchemaVersion> change) {
    try (var client = server.createClient()) {
      var resource = read();
      change.accept(resource);
      client.resource(resource).update();
    }
  }

  private Map<String, String> annotations() {
    var annotations = read().getMetadata().getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }

  private SchemaVersion read() {
    try (var client = server.createClient()) {
      return client.resources(SchemaVersion.class).inNamespace("glance").withName("glance").get();
    }
  }
}
