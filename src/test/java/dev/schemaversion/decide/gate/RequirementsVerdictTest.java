package dev.schemaversion.decide.gate;

import static dev.schemaversion.api.v1alpha1.Names.MIN_VERSION;
import static dev.schemaversion.api.v1alpha1.Names.REQUIREMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.Reason;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verdict on a workload that has more than one requirement. */
class RequirementsVerdictTest {
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
}
