package dev.schemaversion.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.Schema;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.request.KnownSchema;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Jobs of each {@code desired/<case>/in.yaml}, as text. {@code make golden} writes them anew;
 * then read the difference before you commit it.
 */
class GoldenJobsTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "desired");
  private static final String FIRST_SYNC = "job-first-sync.yaml";
  private static final KnownState GIVEN =
      new KnownState(
          new DatabaseIdentity("7301234567890123456", "glance"),
          new KnownSchema("9", new Schema("postgresql 15", "sha256:5c", "sha256:17"), null),
          List.of("00112233445566aa"),
          "15.4",
          null,
          "sha256:" + "c3".repeat(32),
          true,
          false,
          "");

  static Stream<Path> cases() throws IOException {
    try (var folders = Files.list(FOLDER)) {
      return folders.filter(Files::isDirectory).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theJobsEqualTheGoldenFiles(Path folder) throws IOException {
    var resource =
        Serialization.unmarshal(Files.readString(folder.resolve("in.yaml")), SchemaVersion.class);
    for (var step : Step.values()) {
      var given = step == Step.BASELINE ? KnownState.NOTHING : GIVEN;
      equalsTheGoldenFile(DesiredJobs.job(resource, step, given), folder.resolve(fileName(step)));
    }
    var first = DesiredJobs.job(resource, Step.SYNC, KnownState.NOTHING.withFirst(true));
    equalsTheGoldenFile(first, folder.resolve(FIRST_SYNC));
  }

  private static void equalsTheGoldenFile(Job created, Path file) throws IOException {
    var job = Serialization.asYaml(created);
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(file, job);
    }
    assertThat(file).as("run 'make golden' and read the difference").hasContent(job);
  }

  @Test
  @DisabledIfSystemProperty(named = "golden.write", matches = "true")
  void noFileIsUnused() throws IOException {
    var used = new TreeSet<>(List.of("in.yaml", FIRST_SYNC));
    Arrays.stream(Step.values()).map(GoldenJobsTest::fileName).forEach(used::add);

    assertThat(cases()).isNotEmpty();
    assertThat(cases())
        .allSatisfy(
            folder -> {
              try (var files = Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(used);
              }
            });
  }

  private static String fileName(Step step) {
    return "job-" + step.label() + ".yaml";
  }
}
