package dev.schemaversion.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  @ParameterizedTest(name = "needs {0}, resource there: {1}, recorded {2}: {3}")
  @CsvSource(
      nullValues = "none",
      value = {
        "13, true, 13, RolloutReleased",
        "13, true, 13.0, RolloutReleased",
        "13.0, true, 13, RolloutReleased",
        "1_2, true, 1.2, RolloutReleased",
        "9, true, 10, RolloutReleased",
        "20240131123456, true, 20240201000000, RolloutReleased",
        "0, true, 0, RolloutReleased",
        "13, true, 12, VersionTooLow",
        "10, true, 9, VersionTooLow",
        "13.1, true, 13, VersionTooLow",
        "13, true, none, VersionUnknown",
        "13, true, '', VersionUnknown",
        "13, true, thirteen, VersionUnknown",
        "0, true, none, VersionUnknown",
        "13, false, none, SchemaVersionNotFound",
        "13, false, 13, SchemaVersionNotFound",
        "none, true, 13, MinVersionInvalid",
        "none, false, none, MinVersionInvalid",
        "'', true, 13, MinVersionInvalid",
        "' 13', true, 13, MinVersionInvalid",
        "v13, true, 13, MinVersionInvalid",
        "123456789012345678901, true, 13, MinVersionInvalid",
      })
  void aWorkloadIsReleasedOnlyByAVersionThatIsHighEnough(
      String needs, boolean exists, String recorded, Reason reason) {
    var workload = new Workload("Deployment", "registry", "glance", needs, null, true);

    var verdict = Verdict.of(workload, exists, recorded);

    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.satisfied()).isEqualTo(reason == Reason.RolloutReleased);
    // Somebody reads it in an Event of the workload, far from the resource.
    if (reason == Reason.MinVersionInvalid) {
      assertThat(verdict.message()).contains("schemaversion.dev/min-version");
    } else {
      assertThat(verdict.message()).contains("\"glance\"");
    }
  }

  @ParameterizedTest(name = "needs 9 to {0}, recorded {1}: {2}")
  @CsvSource({
    "13, 13, RolloutReleased",
    "13.0, 13, RolloutReleased",
    "14, 13, RolloutReleased",
    "12, 13, VersionTooHigh",
    "latest, 13, MaxVersionInvalid",
    "'', 13, MaxVersionInvalid",
  })
  void aProgramIsNotReleasedOnASchemaThatIsTooNewForIt(
      String highest, String recorded, Reason reason) {
    var workload = new Workload("Deployment", "registry", "glance", "9", highest, true);

    var verdict = Verdict.of(workload, true, recorded);

    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.satisfied()).isEqualTo(reason == Reason.RolloutReleased);
  }

  @Test
  void aVeryLongAnnotationIsNotRepeatedInFull() {
    var workload =
        new Workload("Deployment", "registry", "glance", "x".repeat(200_000), null, true);

    assertThat(Verdict.of(workload, true, "13").message()).hasSizeLessThan(400);
  }
}
