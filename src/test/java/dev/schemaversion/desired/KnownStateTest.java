package dev.schemaversion.desired;

import static dev.schemaversion.desired.DesiredJobs.FACTORY;
import static dev.schemaversion.desired.DesiredJobs.MIGRATIONS;
import static dev.schemaversion.desired.DesiredJobs.ON_15;
import static dev.schemaversion.desired.DesiredJobs.job;
import static dev.schemaversion.desired.DesiredJobs.minimal;
import static dev.schemaversion.desired.DesiredJobs.request;
import static dev.schemaversion.desired.DesiredJobs.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.request.ProofRules;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the operator knows of a database, in the Job and in the request for its runner. */
class KnownStateTest {
  @Test
  void theRequestContainsTheExpectedDatabase() {
    var database = new DatabaseIdentity("73", "glance");
    var job = FACTORY.job(resource("minimal"), Step.SYNC, 3, MIGRATIONS, KnownState.on(database));
    var request = request(job);

    assertThat(request.expectedDatabase()).isEqualTo(database);
    assertThat(request.migrationsDigest()).isEqualTo(MIGRATIONS);
    assertThat(request.job()).isEqualTo(job.getMetadata().getName()).endsWith("-3");
  }

  @Test
  void theRequestContainsTheKnownStateAndTheSpec() {
    var accept = "sha256:" + "0a".repeat(32);
    var wished =
        minimal(
            "proof: {ignore: ['* public.tmp_*']}\n  baseline: {acceptDifference: '%s'}"
                .formatted(accept));
    var request = request(job(wished, Step.SYNC, ON_15));

    assertThat(request.proof())
        .isEqualTo(new ProofRules(List.of("* public.tmp_*"), accept, List.of("aa"), ON_15.known()));
    assertThat(request.approvedPlan()).isEqualTo("sha256:plan");
  }

  @Test
  void anAcceptanceThatIsRemovedFromTheSpecIsPassedOnSoThatTheRunnerProvesAnew() {
    var proof = request(job(minimal(""), Step.SYNC, ON_15)).proof();

    assertThat(proof.acceptDifference()).isNull();
    assertThat(proof.accepted()).containsExactly("aa");
  }

  @ParameterizedTest
  @EnumSource
  void knownStateAndImageAreNoInputs(Step step) {
    var expected = job(minimal(""), step, KnownState.NOTHING);
    var given = job(minimal("proof: {scratch: {image: mirror/pg}}"), step, ON_15);

    assertThat(given.getMetadata().getName()).isEqualTo(expected.getMetadata().getName());
    assertThat(given.getMetadata().getAnnotations().get(Labels.INPUTS_DIGEST))
        .isEqualTo(expected.getMetadata().getAnnotations().get(Labels.INPUTS_DIGEST));
  }

  @Test
  void theTriggerIsPartOfTheNameOnly() {
    var other = KnownState.NOTHING.withTrigger("second verification");
    var expected = job(minimal(""), Step.VERIFY, KnownState.NOTHING);
    var second = job(minimal(""), Step.VERIFY, other);

    assertThat(second.getMetadata().getName()).isNotEqualTo(expected.getMetadata().getName());
    assertThat(second.getMetadata().getAnnotations().get(Labels.INPUTS_DIGEST))
        .isEqualTo(expected.getMetadata().getAnnotations().get(Labels.INPUTS_DIGEST));
  }
}
