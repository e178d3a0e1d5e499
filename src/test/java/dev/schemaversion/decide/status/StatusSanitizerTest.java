package dev.schemaversion.decide.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.DecisionText;
import dev.schemaversion.decide.SimulatedClusters;
import dev.schemaversion.desired.KnownState;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A status that another release or a user has written: its valid parts count. */
class StatusSanitizerTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final String WHOLE = "type: Ready, status: 'True', reason: AtVersion";
  private static final String JOB =
      "job: a, step: sync, inputs: b, reason: Succeeded, message: done, attempt: 1,"
          + " finishedAt: '2026-03-01T12:00:00Z'";

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "targetSince | '2026-03-01T12:00:00Z' | '2026-03-01T12:00:00Z'",
        "targetSince | yesterday              | none",
        "targetSince | ''                     | none",
        "baseline    | {source: Empty}   | {source: Empty}",
        "baseline    | {version: '9'}         | none",
        "plan        | {digest: d}            | {digest: d}",
        "plan        | {from: '9', to: '13'}  | none",
        "interruptedSync | {job: j, target: '14'} | {job: j, target: '14'}",
        "interruptedSync | {target: '14'}         | {job: '', target: '14'}",
        "conditions  | [{WHOLE, message: m}]  | [{WHOLE, message: m}]",
        "conditions  | [{WHOLE}]              | [{WHOLE, message: ''}]",
        "conditions  | [null, {type: Ready}]  | []",
        "conditions  | none                   | []",
        "history     | [{JOB}]                | [{JOB}]",
        "history     | [null, {job: a}]       | []",
        "history     | [{JOB}, {job: b}]      | [{JOB}]",
        "history     | none                   | []",
        "workloads   | [{kind: Pod, name: a}] | [{kind: Pod, name: a}]",
        "workloads   | [null, {name: a}]      | []",
        "proof       | {verdict: Equal}       | {verdict: Equal}",
        "proof       | {verdict: Certain}     | none",
        "proof       | {verdict: Different}   | none",
        "proof       | {verdict: Different, reason: Drifted} | {verdict: Different, reason: Drifted}",
      })
  void invalidPartsAreRemoved(String field, String written, String understood) {
    assertThat(StatusSanitizer.of(status(field, written))).isEqualTo(status(field, understood));
  }

  @ParameterizedTest
  @CsvSource({"0", "-1"})
  void anInvalidAttemptNumberIsRemoved(int attempt) {
    var written = "[{%s}]".formatted(JOB.replace("attempt: 1", "attempt: " + attempt));

    assertThat(StatusSanitizer.of(status("history", written)).history()).isEmpty();
  }

  @Test
  void aMissingStatusIsAnEmptyOne() {
    assertThat(StatusSanitizer.of(null)).isEqualTo(SchemaVersionStatus.NONE);
  }

  @Test
  void anInvalidTimeOfVerificationStartsAnotherOne() {
    var cluster = SimulatedClusters.atThirteen().patch("status: {proof: {checkedAt: never}}");

    assertThat(DecisionText.of(cluster.next().actions()))
        .anyMatch(text -> text.startsWith("create verify"));
  }

  @Test
  void anInterruptedSyncWithoutAJobNameIsStillInDoubt() {
    var cluster = SimulatedClusters.atThirteen().patch("status: {interruptedSync: {target: '14'}}");

    assertThat(cluster.next().actions())
        .filteredOn(Action.CreateJob.class::isInstance)
        .singleElement()
        .extracting(job -> ((Action.CreateJob) job).knownState())
        .extracting(KnownState::afterLost)
        .isEqualTo(true);
  }

  private static SchemaVersionStatus status(String field, String value) {
    var text = value == null ? "null" : value.replace("WHOLE", WHOLE).replace("JOB", JOB);
    var fields =
        YAML.unmarshal("---\nconditions: []\nhistory: []\nworkloads: []", ObjectNode.class);
    fields.setAll(YAML.unmarshal("---\n%s: %s".formatted(field, text), ObjectNode.class));
    return YAML.convertValue(fields, SchemaVersionStatus.class);
  }
}
