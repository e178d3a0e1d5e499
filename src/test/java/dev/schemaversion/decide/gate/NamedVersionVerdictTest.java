package dev.schemaversion.decide.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verdict on a workload where versions are names. */
class NamedVersionVerdictTest {
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
}
