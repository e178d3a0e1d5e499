package dev.schemaversion.decide.gate;

import static dev.schemaversion.api.v1alpha1.Names.MIN_VERSION;
import static dev.schemaversion.api.v1alpha1.Names.REQUIREMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.Reason;
import java.util.HashMap;
import java.util.List;
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

  @ParameterizedTest(name = "needs {0} to {1} at {2}, target {3}: {4}, {5}")
  @CsvSource(
      nullValues = "none",
      delimiter = '|',
      value = {
        "liberty | none | e01 | none | RolloutReleased | requires version liberty of SchemaVersion \"glance\", whose database is at e01",
        "0 | e01 | e01 | none | RolloutReleased | requires version 0 of SchemaVersion \"glance\", whose database is at e01",
        "e01 | c01 | e01 | c01 | RolloutReleased | requires version e01 of SchemaVersion \"glance\", whose database is at e01",
        "c01 | none | e01 | none | VersionTooLow | requires version c01 of SchemaVersion \"glance\", whose database is at e01",
        "c01 | none | e01 | c01 | VersionTooLow | requires version c01 of SchemaVersion \"glance\", whose database is at e01 and about to be migrated to c01",
        "liberty | e01 | e01 | c01 | VersionTooHigh | runs on versions up to e01 of SchemaVersion \"glance\", whose database is at e01 and about to be migrated to c01",
        "liberty | liberty | e01 | e01 | VersionTooHigh | runs on versions up to liberty of SchemaVersion \"glance\", whose database is at e01",
        "liberty | c01 | e01 | soon | VersionTooHigh | runs on versions up to c01 of SchemaVersion \"glance\", whose database is at e01 and about to be migrated to soon",
        "2025_1 | none | e01 | none | MinVersionInvalid | requires version 2025_1 of SchemaVersion \"glance\", which is not among its spec.migrations.command.versions up to c01; correct the annotation schemaversion.dev/min-version or schemaversion.dev/requirements, or add the version to that list",
        "liberty | 2025_1 | e01 | none | MaxVersionInvalid | runs on versions up to 2025_1 of SchemaVersion \"glance\", which is not among its spec.migrations.command.versions up to c01; correct the annotation schemaversion.dev/max-version or schemaversion.dev/requirements, or add the version to that list",
        "13 | none | e01 | none | MinVersionInvalid | requires version 13 of SchemaVersion \"glance\", which is not among its spec.migrations.command.versions up to c01; correct the annotation schemaversion.dev/min-version or schemaversion.dev/requirements, or add the version to that list",
        "liberty-e01 | none | e01 | none | MinVersionInvalid | the pod template's annotation schemaversion.dev/min-version is \"liberty-e01\", which is not a version; write numbers separated by dots, such as \"13\" or \"1.2\", or the name of a version",
        "liberty | none | none | none | VersionUnknown | requires version liberty of SchemaVersion \"glance\", whose database version is not known yet",
        "liberty | none | mitaka | none | VersionUnknown | requires version liberty of SchemaVersion \"glance\", whose database version is not known yet",
        "liberty | none | 13 | none | VersionUnknown | requires version liberty of SchemaVersion \"glance\", whose database version is not known yet",
      })
  void versionsThatAreNamesAreComparedByTheirPlace(
      String min, String max, String recorded, String target, Reason reason, String message) {
    var order = new VersionOrder(List.of("0", "liberty", "e01", "c01"));

    var verdict =
        Verdict.of(
            new VersionRequirement("glance", min, max),
            RecordedVersion.of(order, recorded, target));

    assertThat(verdict).isEqualTo(new Verdict(reason == Reason.RolloutReleased, reason, message));
  }

  @Test
  void aNameNeverSatisfiesNumbers() {
    var verdict =
        Verdict.of(
            new VersionRequirement("glance", "liberty", null),
            new RecordedVersion(true, "13", null));

    assertThat(verdict)
        .isEqualTo(
            new Verdict(
                false,
                Reason.MinVersionInvalid,
                "requires version liberty of SchemaVersion \"glance\", whose versions are numbers; correct the annotation schemaversion.dev/min-version or schemaversion.dev/requirements, for example to \"13\" or \"1.2\""));
  }

  @ParameterizedTest(name = "{0}, {1}: lists of {2} and {3}")
  @CsvSource(
      nullValues = "none",
      value = {
        // As another release may have left them behind.
        "e01, none, liberty, e01",
        "13, none, liberty, liberty",
        "none, none, liberty, liberty",
        "e01, none, '', e01",
        "e01, none, e01, none",
        "e01, none, e01, liberty",
        "e01, c01, e01, e01",
        "e01, c01, e01, x01",
      })
  void listsThatDoNotBelongToTheVersionsSatisfyNothing(
      String present, String target, String reached, String ahead) {
    var order = new VersionOrder(List.of("0", "liberty", "e01", "c01"));
    var recorded =
        new RecordedVersion(
            true,
            present,
            target,
            reached.isEmpty() ? List.of() : List.of(reached, "0"),
            ahead == null ? null : List.of(ahead, "c01", "e01", "liberty"),
            order);

    assertThat(Verdict.of(new VersionRequirement("glance", "0", "e01"), recorded).satisfied())
        .isFalse();
  }

  @ParameterizedTest(name = "glance at {0}, keystone at {1}: {2} because of {3}")
  @CsvSource(
      nullValues = "none",
      value = {
        "13, 4, RolloutReleased, glance",
        "12, 4, VersionTooLow, glance",
        "13, 3, VersionTooLow, keystone",
        "13, 6, VersionTooHigh, keystone",
        "none, 4, SchemaVersionNotFound, glance",
        "13, none, SchemaVersionNotFound, keystone",
        "none, none, SchemaVersionNotFound, glance",
      })
  void aWorkloadWithSeveralRequirementsMustSatisfyAll(
      String glance, String keystone, Reason reason, String because) {
    var needs =
        WorkloadRequirements.read(
            "glance", Map.of(MIN_VERSION, "13", REQUIREMENTS, "keystone=4-5"));
    var versions = new HashMap<String, String>();
    versions.put("glance", glance);
    versions.put("keystone", keystone);

    var verdict =
        Verdict.of(
            needs,
            name ->
                versions.get(name) == null
                    ? RecordedVersion.NONE
                    : new RecordedVersion(true, versions.get(name), null));

    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.satisfied()).isEqualTo(reason == Reason.RolloutReleased);
    assertThat(verdict.message()).contains("SchemaVersion \"" + because + "\"");
  }

  @ParameterizedTest(name = "9 and {0} at {1}: {2}")
  @CsvSource({
    "glance=13, 13, RolloutReleased",
    "glance=13, 12, VersionTooLow",
    "glance=7-12, 13, VersionTooHigh",
    "glance=7-12, 8, VersionTooLow",
  })
  void aResourceThatIsNamedTwiceMustSatisfyBoth(String more, String recorded, Reason reason) {
    var needs = WorkloadRequirements.read("glance", Map.of(MIN_VERSION, "9", REQUIREMENTS, more));

    assertThat(Verdict.of(needs, any -> new RecordedVersion(true, recorded, null)).reason())
        .isEqualTo(reason);
  }

  @Test
  void anInvalidRequirementHoldsTheWorkload() {
    var needs =
        WorkloadRequirements.read("glance", Map.of(MIN_VERSION, "9", REQUIREMENTS, "keystone"));

    var verdict = Verdict.of(needs, any -> new RecordedVersion(true, "13", null));

    assertThat(verdict.reason()).isEqualTo(Reason.RequirementsInvalid);
    assertThat(verdict.satisfied()).isFalse();
    assertThat(verdict.message()).contains("schemaversion.dev/requirements is \"keystone\"");
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
