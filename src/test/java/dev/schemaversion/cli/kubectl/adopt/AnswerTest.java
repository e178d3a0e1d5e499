package dev.schemaversion.cli.kubectl.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.ProofBuilder;
import dev.schemaversion.runner.report.RefusalMessages;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The refusal BaselineRequired, in the runner's own words, becomes a proposal. */
class AnswerTest {
  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource({"9, 9", "'9,10', 9", "1.2.3, 1.2.3", "'ae1027a6acf,2024_1', ae1027a6acf"})
  void aVersionThatTheSchemaEqualsIsProposed(String equal, String proposed) {
    var versions = List.of(equal.split(",", -1));

    var answer = refused(RefusalMessages.candidates(proof(versions, null)));

    assertThat(answer.version()).isEqualTo(proposed);
    assertThat(answer.found().getFirst()).contains(String.join(", ", versions));
    assertThat(answer.found()).hasSize(versions.size() == 1 ? 1 : 2);
  }

  @Test
  void aNearestVersionIsNamedAndNotProposed() {
    var answer = refused(RefusalMessages.candidates(proof(List.of(), "13")));

    assertThat(answer.version()).isNull();
    assertThat(answer.found().getFirst())
        .startsWith(
            "The schema equals no version. The nearest is 13, from which 2 objects differ.");
  }

  @Test
  void withoutCandidatesTheRefusalIsShown() {
    var answer = refused("");

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
    assertThat(Answer.of(stalled("DatabaseShared", "an older one")).orElseThrow().found())
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

  private static Answer refused(String candidates) {
    // As RefusalMessages.baselineRequired puts it together.
    return Answer.of(
            stalled(
                "BaselineRequired",
                "The database is not empty and has no history: schema “public” has 6 objects (…)."
                    + candidates
                    + " Nothing was done. Set spec.baseline.version to the version it truly has."))
        .orElseThrow();
  }

  private static SchemaVersion stalled(String reason, String message) {
    return resource(
        "{conditions: [{type: Stalled, status: 'True', reason: %s, message: '%s'}]}"
            .formatted(reason, message));
  }

  private static SchemaVersion resource(String status) {
    return Serialization.unmarshal(
        "metadata: {name: glance, namespace: glance}\nstatus: %s".formatted(status),
        SchemaVersion.class);
  }

  private static Proof proof(List<String> equal, String nearest) {
    return ProofBuilder.builder()
        .verdict(Verdict.Different)
        .equalVersions(equal)
        .nearest(nearest)
        .nearestDifferences(2)
        .first(List.of())
        .build();
  }
}
