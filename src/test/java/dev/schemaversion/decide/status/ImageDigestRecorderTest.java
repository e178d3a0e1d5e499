package dev.schemaversion.decide.status;

import static dev.schemaversion.decide.SimulatedClusters.MIGRATIONS;
import static dev.schemaversion.decide.SimulatedClusters.applied;
import static dev.schemaversion.decide.SimulatedClusters.failed;
import static dev.schemaversion.decide.SimulatedClusters.foundEmpty;
import static dev.schemaversion.decide.SimulatedClusters.synced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.SimulatedCluster;
import dev.schemaversion.decide.SimulatedClusters;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Migrations from an image, whose content only its Jobs see. */
class ImageDigestRecorderTest {
  private static SimulatedCluster fromImage() {
    return applied()
        .patch("spec: {migrations: {configMapRefs: null, image: {reference: 'r/m:13', path: /m}}}")
        .migrations("r/m:13");
  }

  @Test
  void theFirstJobTakesWhatItFinds() {
    var request = told(fromImage().settle());

    assertThat(request.image()).isEqualTo(new RunRequest.Image("r/m:13", "/m"));
    assertThat(request.migrationsDigest()).isNull();
    assertThat(request.migrationSources()).isZero();
  }

  @Test
  void allThatFollowAreToldToFindTheSame() {
    var cluster = fromImage().settle().ends(foundEmpty()).settle();

    assertThat(cluster.activeJob().step()).isEqualTo(Step.SYNC);
    assertThat(told(cluster).migrationsDigest()).isEqualTo(MIGRATIONS);
    assertThat(cluster.status().image().content()).isEqualTo(MIGRATIONS);
  }

  @Test
  void theContentThatWasSyncedIsRecorded() {
    var cluster = fromImage().settle().ends(foundEmpty()).settle().ends(synced("13", 13)).settle();

    assertThat(cluster.status().synced().migrations()).isEqualTo(MIGRATIONS);
    assertThat(cluster.condition(ConditionType.Ready).getStatus()).isEqualTo("True");
  }

  @Test
  void aRetryAfterAFailureFindsTheSameToo() {
    var cluster = fromImage().settle();
    var again =
        cluster
            .ends(failed(Step.BASELINE, Outcome.DATABASE_UNREACHABLE))
            .settle()
            .later(Duration.ofMinutes(10))
            .settle();

    assertThat(again.activeJob().attempt()).isEqualTo(2);
    assertThat(told(again).migrationsDigest()).isEqualTo(MIGRATIONS);
  }

  @Test
  void aMovedTagIsSaidAndNotTaken() {
    var cluster =
        fromImage()
            .settle()
            .ends(foundEmpty())
            .settle()
            .ends(failed(Step.SYNC, Outcome.INPUTS_CHANGED))
            .settle();

    assertThat(cluster.status().image().content()).isEqualTo(MIGRATIONS);
    assertThat(cluster.condition(ConditionType.Ready).getReason())
        .isEqualTo(Outcome.INPUTS_CHANGED.reason());
    assertThat(told(cluster.later(Duration.ofMinutes(10)).settle()).migrationsDigest())
        .isEqualTo(MIGRATIONS);
  }

  @Test
  void anotherReferenceIsReadAnewAndMakesAnotherSync() {
    var cluster =
        fromImage()
            .settle()
            .ends(foundEmpty())
            .settle()
            .ends(synced("13", 13))
            .settle()
            .patch("spec: {migrations: {image: {reference: 'r/m:14'}}}")
            .migrations("r/m:14")
            .settle();

    assertThat(cluster.activeJob().step()).isEqualTo(Step.SYNC);
    assertThat(told(cluster).migrationsDigest()).isNull();
    assertThat(cluster.status().image()).isNull();
  }

  @Test
  void whatAJobForAnotherReferenceReadDoesNotCount() {
    var cluster =
        fromImage()
            .settle()
            .starts()
            .patch("spec: {migrations: {image: {reference: 'r/m:14'}}}")
            .migrations("r/m:14")
            .ends(foundEmpty())
            .settle();

    assertThat(cluster.status().image()).isNull();
  }

  @Test
  void ofConfigMapsNothingIsRecordedHere() {
    assertThat(SimulatedClusters.atThirteen().status().image()).isNull();
    assertThat(SimulatedClusters.atThirteen().condition(ConditionType.Synced).getReason())
        .isNotEqualTo(Reason.MigrationsNotFound.name());
  }

  private static RunRequest told(SimulatedCluster cluster) {
    var name = cluster.activeJob().name();
    var decided = cluster.without(cluster.activeJob()).next();
    var create =
        decided.actions().stream()
            .filter(Action.CreateJob.class::isInstance)
            .map(Action.CreateJob.class::cast)
            .findFirst()
            .orElseThrow();
    var job =
        SimulatedCluster.FACTORY.job(
            cluster.resource(), create.step(), create.attempt(), "not asked for", create.given());
    assertThat(job.getMetadata().getName()).isEqualTo(name);
    return Codec.readRequest(
        job.getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .getFirst()
            .getEnv()
            .getFirst()
            .getValue());
  }
}
