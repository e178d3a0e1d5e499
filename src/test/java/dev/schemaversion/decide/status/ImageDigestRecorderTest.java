package dev.schemaversion.decide.status;

import static dev.schemaversion.decide.RunnerReports.failed;
import static dev.schemaversion.decide.RunnerReports.foundEmpty;
import static dev.schemaversion.decide.RunnerReports.synced;
import static dev.schemaversion.decide.SimulatedClusters.MIGRATIONS;
import static dev.schemaversion.decide.SimulatedClusters.applied;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.request.MigrationsImage;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.SimulatedCluster;
import dev.schemaversion.decide.SimulatedClusters;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Migrations from an image, whose content only the Jobs can read. */
class ImageDigestRecorderTest {
  private static SimulatedCluster fromImage() {
    return applied()
        .patch("spec: {migrations: {configMapRefs: null, image: {reference: 'r/m:13', path: /m}}}")
        .migrations("r/m:13");
  }

  @Test
  void theFirstJobAcceptsAnyContent() {
    var request = request(fromImage().settle());

    assertThat(request.image()).isEqualTo(new MigrationsImage("r/m:13", "/m"));
    assertThat(request.migrationsDigest()).isNull();
    assertThat(request.migrationSources()).isZero();
  }

  @Test
  void laterJobsMustFindTheSameContent() {
    var cluster = fromImage().settle().ends(foundEmpty()).settle();

    assertThat(cluster.activeJob().step()).isEqualTo(Step.SYNC);
    assertThat(request(cluster).migrationsDigest()).isEqualTo(MIGRATIONS);
    assertThat(cluster.status().image().content()).isEqualTo(MIGRATIONS);
  }

  @Test
  void theSyncedContentIsRecorded() {
    var cluster = fromImage().settle().ends(foundEmpty()).settle().ends(synced("13", 13)).settle();

    assertThat(cluster.status().synced().migrations()).isEqualTo(MIGRATIONS);
    assertThat(cluster.condition(ConditionType.Ready).getStatus()).isEqualTo("True");
  }

  @Test
  void aRetryMustFindTheSameContent() {
    var cluster = fromImage().settle();
    var again =
        cluster
            .ends(failed(Step.BASELINE, Outcome.DATABASE_UNREACHABLE))
            .settle()
            .later(Duration.ofMinutes(10))
            .settle();

    assertThat(again.activeJob().attempt()).isEqualTo(2);
    assertThat(request(again).migrationsDigest()).isEqualTo(MIGRATIONS);
  }

  @Test
  void aMovedTagIsRefused() {
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
    assertThat(request(cluster.later(Duration.ofMinutes(10)).settle()).migrationsDigest())
        .isEqualTo(MIGRATIONS);
  }

  @Test
  void anotherReferenceStartsAnotherSync() {
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
    assertThat(request(cluster).migrationsDigest()).isNull();
    assertThat(cluster.status().image()).isNull();
  }

  @Test
  void theContentOfAnotherReferenceDoesNotCount() {
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
  void migrationsFromConfigMapsRecordNoImage() {
    assertThat(SimulatedClusters.atThirteen().status().image()).isNull();
    assertThat(SimulatedClusters.atThirteen().condition(ConditionType.Synced).getReason())
        .isNotEqualTo(Reason.MigrationsNotFound.name());
  }

  private static RunRequest request(SimulatedCluster cluster) {
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
            cluster.resource(),
            create.step(),
            create.attempt(),
            "not asked for",
            create.knownState());
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
