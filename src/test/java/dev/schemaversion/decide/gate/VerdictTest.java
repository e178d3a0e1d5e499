package dev.schemaversion.decide.gate;

import static dev.schemaversion.api.v1alpha1.Names.MIN_VERSION;
import static dev.schemaversion.api.v1alpha1.Names.REQUIREMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.Reason;
import java.util.Map;
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
        "0.0, true, 0, RolloutReleased",
        "0, true, 1, RolloutReleased",
        "1, true, 0, VersionTooLow",
        "0.1, true, 0, VersionTooLow",
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
    var verdict =
        Verdict.of(
            new VersionRequirement("glance", needs, null),
            new RecordedVersion(exists, recorded, null));

    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.satisfied()).isEqualTo(reason == Reason.RolloutReleased);
    // Users read the message in an Event of the workload, so it must name the resource.
    if (reason == Reason.MinVersionInvalid) {
      assertThat(verdict.message()).contains("schemaversion.dev/min-version");
    } else {
      assertThat(verdict.message()).contains("\"glance\"");
    }
  }

  @ParameterizedTest(name = "needs 9 to {0}, recorded {1}, about to go to {2}: {3}")
  @CsvSource(
      nullValues = "none",
      value = {
        "13, 13, none, RolloutReleased",
        "13.0, 13, none, RolloutReleased",
        "14, 13, none, RolloutReleased",
        "12, 13, none, VersionTooHigh",
        "12, 13, 14, VersionTooHigh",
        "latest, 13, none, MaxVersionInvalid",
        "'', 13, none, MaxVersionInvalid",
        "'', 13, 14, MaxVersionInvalid",
        "13, 13, 13, RolloutReleased",
        "13, 13, 14, VersionTooHigh",
        "13.0.0, 13, 13.0.1, VersionTooHigh",
        "14, 13, 14, RolloutReleased",
        "14, 13, 14_0, RolloutReleased",
        "15, 13, 14, RolloutReleased",
        "9, 9, 10, VersionTooHigh",
        "13, none, 14, VersionUnknown",
        "13, 8, 14, VersionTooLow",
        "13, 13, soon, VersionTooHigh",
        "13, 13, '', VersionTooHigh",
        // Without a highest version there is nothing that a sync could go past.
        "none, 13, 14, RolloutReleased",
        "none, 13, soon, RolloutReleased",
      })
  void aWorkloadIsNotReleasedIfVersionOrTargetIsTooHigh(
      String highest, String recorded, String target, Reason reason) {
    var verdict =
        Verdict.of(
            new VersionRequirement("glance", "9", highest),
            new RecordedVersion(true, recorded, target));

    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.satisfied()).isEqualTo(reason == Reason.RolloutReleased);
  }

  @ParameterizedTest(name = "needs {0} to {1} at {2}, target {3}: {4}")
  @CsvSource(
      nullValues = "none",
      value = {
        "9, 13, 13, 14, 'runs on versions up to 13 of SchemaVersion \"glance\", whose database is at 13 and about to be migrated to 14'",
        "9, 12, 13, none, 'runs on versions up to 12 of SchemaVersion \"glance\", whose database is at 13'",
        "14, none, 13, 14, 'requires version 14 of SchemaVersion \"glance\", whose database is at 13 and about to be migrated to 14'",
        "14, none, 13, 13.0, 'requires version 14 of SchemaVersion \"glance\", whose database is at 13'",
      })
  void theMessageNamesTheRelevantVersions(
      String min, String max, String recorded, String target, String message) {
    var verdict =
        Verdict.of(
            new VersionRequirement("glance", min, max),
            new RecordedVersion(true, recorded, target));

    assertThat(verdict.message()).isEqualTo(message);
  }

  @Test
  void aVeryLongAnnotationIsTruncatedInTheMessage() {
    var longest = "x".repeat(200_000);

    assertThat(
            Verdict.of(
                    new VersionRequirement("glance", longest, null),
                    new RecordedVersion(true, "13", null))
                .message())
        .hasSizeLessThan(400);
    assertThat(
            Verdict.of(
                    WorkloadRequirements.read(
                        "glance", Map.of(MIN_VERSION, "9", REQUIREMENTS, longest)),
                    any -> new RecordedVersion(true, "13", null))
                .message())
        .hasSizeLessThan(500);
    assertThat(
            Verdict.of(
                    new VersionRequirement("glance", "9", "10"),
                    new RecordedVersion(true, "9", longest))
                .message())
        .hasSizeLessThan(400);
  }
}
