package dev.schemaversion.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobList;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An approval is good for the plan that was shown, and for no other. */
@EnableKubernetesMockClient(https = false)
class ApproveCommandTest {
  private static final String PATH =
      "/apis/schemaversion.dev/v1alpha1/namespaces/glance/schemaversions/glance";
  private static final String PATCH = PATH + "?fieldManager=kubectl-schemaversion";
  private static final String JOBS =
      "/apis/batch/v1/namespaces/glance/jobs?labelSelector=schemaversion.dev%2Fresource%3Dglance";

  KubernetesMockServer server;
  private Plugin plugin;

  @BeforeEach
  void connect() {
    plugin = new Plugin(server);
    server.expect().get().withPath(JOBS).andReturn(200, new JobList()).always();
  }

  @Test
  void theShownPlanIsApprovedOnTheVersionThatWasRead() throws InterruptedException {
    serves(planned("sha256:aa", "7"), planned("sha256:aa", "8"), planned("sha256:aa", "8"));
    server.expect().patch().withPath(PATCH).andReturn(200, planned("sha256:aa", "9")).once();

    var approve = plugin.typing("y\n").run("approve", "glance");

    assertThat(approve.out())
        .isEqualTo(
            """
            Plan from 13 to 14, recorded 12m ago
            Digest sha256:aa
            1 migration with 1 statement:
              V014__drop_checksum.sql
            Schema objects: 0 created, 0 changed, 1 removed:
              - column public.images.checksum: character varying(32)
            DESTRUCTIVE statements, which drop or empty something:
              V014__drop_checksum.sql: ALTER TABLE images DROP COLUMN checksum
            Approved sha256:aa. The sync starts now.
            """);
    assertThat(approve.err()).isEqualTo("Approve exactly this plan? [y/N] ");
    assertThat(patch())
        .isEqualTo(
            Serialization.unmarshal(
                "metadata: {resourceVersion: '8', annotations: {schemaversion.dev/approve: 'sha256:aa'}}",
                JsonNode.class));
  }

  @Test
  void aPlanThatChangedWhileItWasReadIsNotApproved() throws InterruptedException {
    serves(planned("sha256:aa", "7"), planned("sha256:bb", "8"));

    var approve = plugin.typing("y\n").run("approve", "glance");

    assertThat(approve.exit()).isOne();
    assertThat(approve.err()).contains("has changed since it was shown, so nothing was approved");
    assertThat(patch()).isNull();
  }

  @Test
  void aPlanThatChangesWithThePatchIsNotApproved() throws InterruptedException {
    serves(
        planned("sha256:aa", "7"),
        planned("sha256:aa", "8"),
        planned("sha256:aa", "8"),
        planned("sha256:bb", "9"));
    conflict();

    var approve = plugin.run("approve", "glance", "--yes");

    assertThat(approve.exit()).isOne();
    assertThat(approve.err()).contains("has changed since it was shown, so nothing was approved");
  }

  @Test
  void anotherChangeOfTheResourceIsNoReasonToGiveUp() {
    serves(
        planned("sha256:aa", "7"),
        planned("sha256:aa", "8"),
        planned("sha256:aa", "8"),
        planned("sha256:aa", "9"),
        planned("sha256:aa", "9"));
    conflict();
    server.expect().patch().withPath(PATCH).andReturn(200, planned("sha256:aa", "10")).once();

    assertThat(plugin.run("approve", "glance", "--yes").exit()).isZero();
  }

  @Test
  void noIsNo() throws InterruptedException {
    serves(planned("sha256:aa", "7"));

    var approve = plugin.typing("n\n").run("approve", "glance");

    assertThat(approve.exit()).isOne();
    assertThat(approve.err()).endsWith("error: Nothing was approved.\n");
    assertThat(patch()).isNull();
  }

  @Test
  void anotherDigestIsNotApproved() throws InterruptedException {
    serves(planned("sha256:aa", "7"));

    var approve = plugin.run("approve", "glance", "--digest", "sha256:bb");

    assertThat(approve.exit()).isOne();
    assertThat(approve.err())
        .contains("is not the one with digest sha256:bb. Nothing was approved");
    assertThat(patch()).isNull();
  }

  @Test
  void withoutManualApprovalThereIsNoPlan() {
    serves(read(SomeObjects.resource("", "{version: '13'}"), "7"));

    assertThat(plugin.run("plan", "glance").err())
        .isEqualTo(
            "error: glance has no plan, because spec.approval is Automatic: pending migrations run without one. Set spec.approval to Manual to get plans.\n");
  }

  @Test
  void aPlanThatIsBeingMadeIsSaidToBe() {
    serves(
        read(
            SomeObjects.resource(
                "approval: Manual",
                SomeObjects.status("False", "False", "PlanRunning", "Job x plans")),
            "7"));

    assertThat(plugin.run("approve", "glance").err())
        .isEqualTo("error: glance has no plan at the moment. PlanRunning: Job x plans\n");
  }

  /** Answers to requests in their order; the client reads once more itself before a patch. */
  private void serves(SchemaVersion... versions) {
    for (var version : versions) {
      server.expect().get().withPath(PATH).andReturn(200, version).once();
    }
  }

  private void conflict() {
    var status = new StatusBuilder().withCode(409).withMessage("modified").build();
    server.expect().patch().withPath(PATCH).andReturn(409, status).once();
  }

  private static SchemaVersion planned(String digest, String resourceVersion) {
    return read(
        SomeObjects.resource(
            "approval: Manual",
            """
            {version: "13", plan: {digest: "%s", from: "13", to: "14", migrations: [V014__drop_checksum.sql], count: 1, statements: 1, appear: 0, change: 0, go: 1, objects: ["- column public.images.checksum: character varying(32)"], destructive: ["V014__drop_checksum.sql: ALTER TABLE images DROP COLUMN checksum"], at: "2026-03-01T12:18:00Z"}}"""
                .formatted(digest)),
        resourceVersion);
  }

  private static SchemaVersion read(String yaml, String resourceVersion) {
    var resource = Serialization.unmarshal(yaml, SchemaVersion.class);
    resource.getMetadata().setResourceVersion(resourceVersion);
    return resource;
  }

  /** The body of the only patch, or null. */
  private JsonNode patch() throws InterruptedException {
    JsonNode body = null;
    for (int left = server.getRequestCount(); left > 0; left--) {
      var request = server.takeRequest();
      if (request.getMethod().equals("PATCH")) {
        body = Serialization.unmarshal(request.getBody().readUtf8(), JsonNode.class);
      }
    }
    return body;
  }
}
