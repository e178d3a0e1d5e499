package dev.schemaversion.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import dev.schemaversion.desired.ScratchImages;
import dev.schemaversion.desired.ScratchPermissions;
import dev.schemaversion.operator.metrics.ResourceSeries;
import dev.schemaversion.operator.queue.JobLimits;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator's settings are validated at its start. */
class SettingsTest {
  private static final String IMAGE = "registry.example.org:5000/us/schemaversion-operator:1.0";

  @Test
  void onlyTheImageIsRequired() {
    assertThat(Settings.of(Map.of(Settings.RUNNER_IMAGE, IMAGE)))
        .isEqualTo(
            new Settings(
                IMAGE,
                Map.of(
                    Engine.PostgreSQL,
                    ScratchImages.OFFICIAL,
                    Engine.MariaDB,
                    ScratchImages.OFFICIAL_MARIADB,
                    Engine.MySQL,
                    ScratchImages.OFFICIAL_MYSQL),
                ScratchPermissions.DEFAULT,
                Set.of(),
                JobLimits.DEFAULT,
                ResourceSeries.All));
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "not set",
      textBlock =
          """
          SCHEMAVERSION_RUNNER_IMAGE | not set | must be the operator's own image
          SCHEMAVERSION_RUNNER_IMAGE | '' | must be the operator's own image
          SCHEMAVERSION_RUNNER_IMAGE | 'two words' | must be the operator's own image
          SCHEMAVERSION_RUNNER_IMAGE | https://registry/x:1 | must be the operator's own image
          SCHEMAVERSION_RUNNER_IMAGE | registry/x:1@sha256:12 | must be the operator's own image
          SCHEMAVERSION_RUNNER_IMAGE | ../x | must be the operator's own image
          SCHEMAVERSION_NAMESPACES | orders; billing | must be a list of namespaces such as
          SCHEMAVERSION_NAMESPACES | 'orders,' | must be a list of namespaces such as
          SCHEMAVERSION_NAMESPACES | Orders | must be a list of namespaces such as
          SCHEMAVERSION_NAMESPACES | '*' | must be a list of namespaces such as
          SCHEMAVERSION_NAMESPACES | orders/shop | must be a list of namespaces such as
          SCHEMAVERSION_METRICS | some | must be All or Problems
          SCHEMAVERSION_MAX_JOBS | '' | must be a number of Jobs from 1 to 99999, or 0 for no limit
          SCHEMAVERSION_MAX_JOBS | -1 | must be a number of Jobs
          SCHEMAVERSION_MAX_JOBS | 100000 | must be a number of Jobs
          SCHEMAVERSION_MAX_JOBS_PER_NAMESPACE | two | must be a number of Jobs
          SCHEMAVERSION_MAX_JOBS_PER_SERVER | 1.5 | must be a number of Jobs
          SCHEMAVERSION_SCRATCH_DEFAULT_MAJOR | '' | must be a major version, a number
          SCHEMAVERSION_SCRATCH_DEFAULT_MAJOR | latest | must be a major version, a number
          SCHEMAVERSION_SCRATCH_DEFAULT_MAJOR | 17.2 | must be a major version, a number
          SCHEMAVERSION_SCRATCH_DEFAULT_MAJOR | 0 | must be a major version, a number
          SCHEMAVERSION_SCRATCH_DEFAULT_MAJOR | -1 | must be a major version, a number
          SCHEMAVERSION_SCRATCH_DEFAULT_MAJOR | 99999999999 | must be a major version, a number
          SCHEMAVERSION_SCRATCH_MARIADB_DEFAULT_MAJOR | 11 | must be a major version, a number such as 11.4
          SCHEMAVERSION_SCRATCH_MARIADB_IMAGES | mariadb | and contain {major}
          SCHEMAVERSION_SCRATCH_MYSQL_DEFAULT_MAJOR | 8 | must be a major version, a number such as 8.4
          SCHEMAVERSION_SCRATCH_MYSQL_IMAGES | 8.0=mysql:8.0 | has no image for major version 8.4
          SCHEMAVERSION_SCRATCH_EXTENSIONS | 'citext;hstore' | must be a list of extensions such as
          SCHEMAVERSION_SCRATCH_EXTENSIONS | citext, | must be a list of extensions such as
          SCHEMAVERSION_SCRATCH_EXTENSIONS | '*' | must be a list of extensions such as
          SCHEMAVERSION_SCRATCH_SUPERUSER | yes | must be true or false
          SCHEMAVERSION_SCRATCH_SUPERUSER | '' | must be true or false
          SCHEMAVERSION_SCRATCH_IMAGES | '' | write a list such as
          SCHEMAVERSION_SCRATCH_IMAGES | postgres:17 | and contain {major}
          SCHEMAVERSION_SCRATCH_IMAGES | post gres:{major} | is neither an image nor
          SCHEMAVERSION_SCRATCH_IMAGES | PostgreSQL=postgres:{major} | with a major version such as 17
          SCHEMAVERSION_SCRATCH_IMAGES | 15=postgres:15 | has no image for major version 17
          """)
  void anInvalidSettingIsRejectedWithItsValidValues(String variable, String value, String allowed)
      throws Exception {
    var environment = new HashMap<>(Map.of(Settings.RUNNER_IMAGE, IMAGE));
    environment.compute(variable, (name, old) -> value);

    assertThatThrownBy(() -> Settings.of(environment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(variable, allowed);
  }

  @Test
  void permissionsOfScratchServersAreSet() {
    assertThat(permissions("", "true")).isEqualTo(new ScratchPermissions(Set.of(), true));
    assertThat(permissions("amcheck, uuid-ossp,postgres_fdw", "false"))
        .isEqualTo(new ScratchPermissions(Set.of("amcheck", "uuid-ossp", "postgres_fdw"), false));
  }

  @Test
  void theLimitsOfJobsAreSet() {
    var limits =
        Settings.of(
                Map.of(
                    Settings.RUNNER_IMAGE,
                    IMAGE,
                    JobLimits.TOTAL,
                    "40",
                    JobLimits.PER_NAMESPACE,
                    "5",
                    JobLimits.PER_SERVER,
                    "0"))
            .jobLimits();

    assertThat(limits).isEqualTo(new JobLimits(40, 5, 0));
  }

  @ParameterizedTest(name = "\"{0}\"")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '' | all
          ' ' | all
          orders | orders
          'orders, billing ,orders' | billing, orders
          """)
  void theWatchedNamespacesAreAListAndNoneMeansAll(String text, String watched) {
    var settings = Settings.of(Map.of(Settings.RUNNER_IMAGE, IMAGE, Settings.NAMESPACES, text));

    assertThat(settings.watched()).isEqualTo(watched);
    assertThat(settings.namespaces().isEmpty()).isEqualTo(watched.equals("all"));
  }

  private static ScratchPermissions permissions(String extensions, String superuser) {
    return Settings.of(
            Map.of(
                Settings.RUNNER_IMAGE,
                IMAGE,
                ScratchPermissions.EXTENSIONS,
                extensions,
                ScratchPermissions.SUPERUSER,
                superuser))
        .scratchPermissions();
  }

  @ParameterizedTest
  @CsvSource({
    "SCHEMAVERSION_RUNNER_IMAGE, two words",
    "SCHEMAVERSION_SCRATCH_DEFAULT_MAJOR, latest",
    "SCHEMAVERSION_SCRATCH_IMAGES, postgres:17"
  })
  void theProcessReportsAnInvalidSettingAndExits(String variable, String value) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(java, "-cp", runtimeClassPath(), Main.class.getName())
            .redirectErrorStream(true);
    builder.environment().putAll(Map.of(Settings.RUNNER_IMAGE, IMAGE));
    builder.environment().put(variable, value);
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isNotZero();
    assertThat(output.lines().filter(line -> !line.startsWith("Picked up")).toList())
        .singleElement()
        .asString()
        .startsWith("The operator cannot start: " + variable)
        .contains(value)
        .endsWith(".");
  }

  @Test
  void theShippedDeploymentSetsAllVariablesToTheirDefaults() throws Exception {
    var variables =
        Serialization.unmarshal(
                Files.readString(Path.of("deploy", "base", "20-deployment.yaml")), Deployment.class)
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .getFirst()
            .getEnv()
            .stream()
            .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));

    assertThat(variables)
        .containsOnlyKeys(
            Settings.RUNNER_IMAGE,
            Settings.NAMESPACES,
            JobLimits.TOTAL,
            JobLimits.PER_NAMESPACE,
            JobLimits.PER_SERVER,
            ResourceSeries.VARIABLE,
            Settings.SCRATCH + "IMAGES",
            Settings.SCRATCH + "DEFAULT_MAJOR",
            Settings.SCRATCH_MARIADB + "IMAGES",
            Settings.SCRATCH_MARIADB + "DEFAULT_MAJOR",
            Settings.SCRATCH_MYSQL + "IMAGES",
            Settings.SCRATCH_MYSQL + "DEFAULT_MAJOR",
            ScratchPermissions.EXTENSIONS,
            ScratchPermissions.SUPERUSER);
    assertThat(Settings.of(variables))
        .isEqualTo(Settings.of(Map.of(Settings.RUNNER_IMAGE, "schemaversion-operator")));
  }

  private static String runtimeClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
