package dev.schemaversion.desired;

import static dev.schemaversion.desired.DesiredJobs.FACTORY;
import static dev.schemaversion.desired.DesiredJobs.IMAGE;
import static dev.schemaversion.desired.DesiredJobs.ON_15;
import static dev.schemaversion.desired.DesiredJobs.job;
import static dev.schemaversion.desired.DesiredJobs.minimal;
import static dev.schemaversion.desired.DesiredJobs.pod;
import static dev.schemaversion.desired.DesiredJobs.request;
import static dev.schemaversion.desired.DesiredJobs.resource;
import static dev.schemaversion.desired.DesiredJobs.scratch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.DatabaseSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.request.RequestedScratch;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The container of the scratch server, and its address in the runner's request. */
class ScratchServerTest {
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
            new JobFactory(IMAGE, ScratchImages.of("mirror/pg:{major}", "17"))
                .templateDigest(minimal("")))
        .isNotEqualTo(expected);
    assertThat(
            new JobFactory(IMAGE, ScratchImages.of("15=x,postgres:{major}", "17"))
                .templateDigest(minimal("")))
        .isNotEqualTo(expected);
  }
}
