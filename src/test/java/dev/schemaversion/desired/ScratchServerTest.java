package dev.schemaversion.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.DatabaseSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.Mounts;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.Schema;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.request.KnownSchema;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.contract.request.RequestedRehearsal;
import dev.schemaversion.contract.request.RequestedScratch;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The container of the scratch server, and its address in the runner's request. */
class ScratchServerTest {
  private static final String MIGRATIONS = "sha256:" + "a1".repeat(32);
  private static final JobFactory FACTORY = new JobFactory("image", ScratchImages.OFFICIAL);
  private static final KnownState ON_15 =
      new KnownState(
          new DatabaseIdentity("7", "glance"),
          new KnownSchema("9", new Schema("h", "f", "r"), null),
          List.of("aa"),
          "15.4",
          "sha256:plan",
          null,
          true,
          "");

  @ParameterizedTest(name = "{0} with {1}: {2}")
  @CsvSource({
    "BASELINE, Always, true",
    "SYNC, Always, true",
    "VERIFY, Always, false",
    "PROVE, Always, true",
    "PLAN, Always, true",
    "BASELINE, OnBaseline, true",
    "SYNC, OnBaseline, false",
    "VERIFY, OnBaseline, false",
    "PROVE, OnBaseline, true",
    "PLAN, OnBaseline, true"
  })
  void existsIfTheStepNeedsIt(Step step, String mode, boolean there) {
    var job = job(minimal("proof: {mode: %s}".formatted(mode)), step, ON_15);

    assertThat(pod(job).getInitContainers()).hasSize(there ? 1 : 0);
    assertThat(request(job).scratch())
        .isEqualTo(there ? new RequestedScratch("127.0.0.1", 5432) : null);
  }

  @Test
  void theRequestSaysWhatTheMigratingUserMayDoThere() {
    var both = "proof: {scratch: {extensions: [bloom, amcheck, bloom], superuser: %s}}";

    assertThat(request(job(minimal(both.formatted(true)), Step.SYNC, ON_15)).scratch())
        .isEqualTo(new RequestedScratch("127.0.0.1", 5432, List.of("amcheck", "bloom"), true));
    assertThat(request(job(minimal(both.formatted(false)), Step.SYNC, ON_15)).scratch())
        .isEqualTo(new RequestedScratch("127.0.0.1", 5432, List.of("amcheck", "bloom"), null));
  }

  @Test
  void isANativeSidecarWithoutAccessToTheRunner() {
    var scratch = scratch(job(minimal(""), Step.SYNC, ON_15));

    assertThat(scratch.getRestartPolicy()).isEqualTo("Always");
    assertThat(scratch.getImage()).isEqualTo("postgres:15");
    assertThat(scratch.getVolumeMounts())
        .extracting(VolumeMount::getName)
        .containsExactly("scratch", "scratch-tmp");
    assertThat(scratch.getEnv()).isEmpty();
    assertThat(scratch.getPorts()).isEmpty();
    assertThat(scratch.getSecurityContext().getRunAsUser()).isEqualTo(999);
    assertThat(scratch.getCommand().getLast()).contains("listen_addresses=127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({"MariaDB, mariadb:11.4, mariadbd", "MySQL, mysql:8.4, mysqld"})
  void hasTheEngineOfTheDatabase(DatabaseSpec.Engine engine, String image, String program) {
    var resource = minimal("");
    var spec = resource.getSpec();
    var database = spec.database();
    resource.setSpec(
        new SchemaVersionSpec(
            spec.version(),
            new DatabaseSpec(
                engine,
                database.host(),
                database.port(),
                database.name(),
                null,
                null,
                database.secretRef(),
                null,
                null),
            spec.migrations(),
            null,
            null,
            null,
            null,
            null,
            null));
    var job = job(resource, Step.SYNC, KnownState.NOTHING);

    assertThat(scratch(job).getImage()).isEqualTo(image);
    assertThat(scratch(job).getCommand().getLast()).contains(program, "--bind-address=127.0.0.1");
    assertThat(request(job).scratch()).isEqualTo(new RequestedScratch("127.0.0.1", 3306));
    assertThat(request(job).database().schemas()).isEmpty();
  }

  @Test
  void theRunnerHasNoAccessToItsVolumes() {
    var runner = pod(job(minimal(""), Step.SYNC, ON_15)).getContainers().getFirst();

    assertThat(runner.getVolumeMounts())
        .extracting(VolumeMount::getName)
        .noneMatch(name -> name.startsWith("scratch"));
  }

  @Test
  void itsVolumesHaveASizeLimit() {
    assertThat(pod(job(minimal(""), Step.SYNC, ON_15)).getVolumes())
        .filteredOn(volume -> volume.getName().startsWith("scratch"))
        .hasSize(2)
        .allSatisfy(volume -> assertThat(volume.getEmptyDir().getSizeLimit()).isNotNull());
  }

  @Test
  void theResourceMaySetImageAndResources() {
    var given = minimal("proof: {scratch: {image: mirror/pg, resources: {limits: {memory: 2Gi}}}}");
    var scratch = scratch(job(given, Step.SYNC, ON_15));

    assertThat(scratch.getImage()).isEqualTo("mirror/pg");
    assertThat(scratch.getResources().getLimits().get("memory")).hasToString("2Gi");
    assertThat(scratch.getResources().getRequests()).isNullOrEmpty();
  }

  @Test
  void anotherImageIsAnotherTemplate() {
    var expected = FACTORY.templateDigest(minimal(""));

    assertThat(FACTORY.templateDigest(minimal("proof: {scratch: {image: mirror/pg}}")))
        .isNotEqualTo(expected);
    assertThat(
            new JobFactory("image", ScratchImages.of("mirror/pg:{major}", "17"))
                .templateDigest(minimal("")))
        .isNotEqualTo(expected);
    assertThat(
            new JobFactory("image", ScratchImages.of("15=x,postgres:{major}", "17"))
                .templateDigest(minimal("")))
        .isNotEqualTo(expected);
  }

  @Test
  void theVolumeAndTheRequestedDiskGrowWithTheRowsThatAreCopied() {
    var job = job(minimal("proof: {rehearsal: {mode: Rows, maxSize: 10Gi}}"), Step.SYNC, ON_15);

    assertThat(dataSize(job)).isEqualTo("32768Mi");
    assertThat(scratch(job).getResources().getRequests().get("ephemeral-storage"))
        .hasToString("32768Mi");
    assertThat(request(job).rehearsal())
        .isEqualTo(new RequestedRehearsal(RequestedRehearsal.Mode.ROWS, List.of(), 10L << 30));
  }

  @Test
  void aDiskThatTheUserRequestsIsNotChanged() {
    var given =
        minimal(
            "proof: {rehearsal: {mode: Rows},"
                + " scratch: {resources: {limits: {ephemeral-storage: 1Gi}}}}");

    var job = job(given, Step.SYNC, ON_15);

    assertThat(dataSize(job)).isEqualTo("5120Mi");
    assertThat(scratch(job).getResources().getRequests()).isNullOrEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "proof: {rehearsal: {}}", "proof: {rehearsal: {mode: Schema}}"})
  void withoutRowsTheJobIsWhatItWasBefore(String proof) {
    var job = job(minimal(proof), Step.SYNC, ON_15);

    assertThat(job).isEqualTo(job(minimal(""), Step.SYNC, ON_15));
    assertThat(dataSize(job)).isEqualTo("2Gi");
    assertThat(request(job).rehearsal()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proof: {rehearsal: {mode: Rows}}",
        "proof: {rehearsal: {mode: Rows, tables: [users]}}",
        "proof: {rehearsal: {mode: Off}}"
      })
  void anotherRehearsalGivesARefusedSyncAnotherAttemptAndMakesNoneDue(String proof) {
    var expected = job(minimal(""), Step.SYNC, ON_15);
    var given = job(minimal(proof), Step.SYNC, ON_15);

    assertThat(given.getMetadata().getName()).isNotEqualTo(expected.getMetadata().getName());
    assertThat(given.getMetadata().getAnnotations().get(Labels.INPUTS_DIGEST))
        .isEqualTo(expected.getMetadata().getAnnotations().get(Labels.INPUTS_DIGEST));
  }

  private static String dataSize(Job job) {
    return pod(job).getVolumes().stream()
        .filter(volume -> volume.getName().equals("scratch"))
        .map(volume -> volume.getEmptyDir().getSizeLimit().toString())
        .findFirst()
        .orElseThrow();
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

  private static Job job(SchemaVersion resource, Step step, KnownState given) {
    return FACTORY.job(resource, step, 1, MIGRATIONS, given);
  }

  private static RunRequest request(Job job) {
    var value = pod(job).getContainers().getFirst().getEnv().getFirst().getValue();
    assertThat(pod(job).getContainers().getFirst().getEnv().getFirst().getName())
        .isEqualTo(Mounts.REQUEST);
    return Codec.readRequest(value);
  }

  private static Container scratch(Job job) {
    return pod(job).getInitContainers().getFirst();
  }

  private static PodSpec pod(Job job) {
    return job.getSpec().getTemplate().getSpec();
  }

  private static SchemaVersion minimal(String more) {
    try {
      var yaml = Files.readString(Path.of("src/test/resources/desired/minimal/in.yaml"));
      return Serialization.unmarshal(
          yaml.replaceFirst("\nspec:\n", "\nspec:\n  " + more + "\n"), SchemaVersion.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
