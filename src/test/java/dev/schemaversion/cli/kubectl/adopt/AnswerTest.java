package dev.schemaversion.cli.kubectl.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a status has about a database without a claim becomes a proposal. */
class AnswerTest {
  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource({"9, 9", "'9,10', 9", "1.2.3, 1.2.3", "'ae1027a6acf,2024_1', ae1027a6acf"})
  void aVersionThatTheSchemaEqualsIsProposed(String equal, String proposed) {
    var versions = List.of(equal.split(",", -1));

    var answer = refused("equalVersions: ['%s']".formatted(String.join("', '", versions)));

    assertThat(answer.version()).isEqualTo(proposed);
    assertThat(answer.found().getFirst()).contains(String.join(", ", versions));
    assertThat(answer.found()).hasSize(versions.size() == 1 ? 1 : 2);
  }

  @Test
  void aNearestVersionIsNamedAndNotProposed() {
    var answer = refused("nearest: '13', nearestDifferences: 2");

    assertThat(answer.version()).isNull();
    assertThat(answer.found().getFirst())
        .startsWith(
            "The schema equals no version. The nearest is 13; objects that differ from it: 2.");
  }

  @Test
  void withoutCandidatesTheRefusalIsShown() {
    var answer = refused("version: null");

    assertThat(answer.version()).isNull();
    assertThat(answer.found().getFirst()).startsWith("No version was found. BaselineRequired: ");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{source: Empty} | The database is empty, so it needs no baseline",
        "{source: Proven, version: '9'} | The database has a Flyway history, is at 9 by it",
      })
  void aDatabaseThatNeedsNoClaimIsSaidToBeSo(String baseline, String said) {
    var answer = Answer.of(resource("{baseline: %s}".formatted(baseline))).orElseThrow();

    assertThat(answer.version()).isNull();
    assertThat(answer.found().getFirst()).startsWith(said);
  }

  @Test
  void anotherRefusalIsShown() {
    assertThat(
            Answer.of(stalled("DatabaseShared", "an older one", "equalVersions: ['9']"))
                .orElseThrow()
                .found())
        .containsExactly("No version was found. DatabaseShared: an older one");
  }

  @Test
  void whileTheJobRunsThereIsNoAnswer() {
    assertThat(Answer.of(resource("{}"))).isEmpty();
    assertThat(
            Answer.of(
                resource("{conditions: [{type: Stalled, status: 'False', reason: JobPending}]}")))
        .isEmpty();
  }

  private static Answer refused(String proof) {
    return Answer.of(stalled("BaselineRequired", "no claim", proof)).orElseThrow();
  }

  private static SchemaVersion stalled(String reason, String message, String proof) {
    return resource(
        "{conditions: [{type: Stalled, status: 'True', reason: %s, message: '%s'}], proof: {verdict: Unprovable, reason: BaselineRequired, %s}}"
            .formatted(reason, message, proof));
  }

  private static SchemaVersion resource(String status) {
    return Serialization.unmarshal(
        "metadata: {name: glance, namespace: glance}\nstatus: %s".formatted(status),
        SchemaVersion.class);
  }
}
