package dev.schemaversion.decide.gate;

import static dev.schemaversion.api.v1alpha1.Names.MAX_VERSION;
import static dev.schemaversion.api.v1alpha1.Names.MIN_VERSION;
import static dev.schemaversion.api.v1alpha1.Names.REQUIREMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing of the label and the annotations of a workload. */
class WorkloadRequirementsTest {
  private static final String LONGEST_VERSION = String.join(".", nines(8));
  private static final String LONGEST_NAME = "k".repeat(40);

  @Test
  void theLabelAndItsVersionAnnotationsAreOneRequirement() {
    assertThat(WorkloadRequirements.read("glance", Map.of(MIN_VERSION, "13", MAX_VERSION, "15")))
        .isEqualTo(
            new WorkloadRequirements(List.of(new VersionRequirement("glance", "13", "15")), null));
  }

  @Test
  void malformedVersionsAreKept() {
    assertThat(WorkloadRequirements.read("glance", Map.of(MIN_VERSION, " 13")).requirements())
        .containsExactly(new VersionRequirement("glance", " 13", null));
    assertThat(WorkloadRequirements.read("glance", Map.of()).requirements())
        .containsExactly(new VersionRequirement("glance", null, null));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "keystone=4; keystone 4",
        "keystone=4-5; keystone 4-5",
        "keystone=4,nova=13-15; keystone 4|nova 13-15",
        "keystone=4 , nova=13-15; keystone 4|nova 13-15",
        "keystone=1.2_3-1.3; keystone 1.2_3-1.3",
        "a-b=20240131123456; a-b 20240131123456",
        "nova=1,nova=2-3; nova 1|nova 2-3",
        "0=0; 0 0",
        "keystone=v4; keystone v4",
        "keystone=2024_1_expand01-2024_1_contract01; keystone 2024_1_expand01-2024_1_contract01",
        // A name, which satisfies no number.
        "keystone=1234567890123456789; keystone 1234567890123456789",
        "keystone=1.2.3.4.5.6.7.8.9; keystone 1.2.3.4.5.6.7.8.9",
      })
  void theAnnotationAddsFurtherResources(String text, String expected) {
    var needs = WorkloadRequirements.read("glance", Map.of(MIN_VERSION, "13", REQUIREMENTS, text));

    assertThat(needs.unreadable()).isNull();
    assertThat(needs.requirements()).startsWith(new VersionRequirement("glance", "13", null));
    assertThat(inWords(needs)).isEqualTo("glance 13|" + expected);
  }

  @Test
  void withAnEmptyLabelOnlyTheAnnotationCounts() {
    var needs =
        WorkloadRequirements.read("", Map.of(MIN_VERSION, "13", REQUIREMENTS, "keystone=4"));

    assertThat(inWords(needs)).isEqualTo("keystone 4");
    assertThat(needs.names()).containsExactly("keystone");
    assertThat(needs.unreadable()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "keystone",
        "keystone=",
        "=4",
        "keystone=4,",
        ",keystone=4",
        "keystone=4,,nova=1",
        "keystone=4;nova=1",
        "keystone = 4",
        "keystone=_4",
        "keystone=.4",
        "keystone=4/5",
        "keystone=é",
        "keystone=4-",
        "keystone=-4",
        "keystone=4-5-6",
        "keystone=4 - 5",
        "keystone=4\n",
        "keystone=4,\tnova=1",
        "Keystone=4",
        "-keystone=4",
        "keystone-=4",
        "key.stone=4",
        "keystone=४",
        "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk=4",
        "a=1,b=1,c=1,d=1,e=1,f=1,g=1,h=1,i=1"
      })
  void aMalformedAnnotationIsReported(String text) {
    var needs = WorkloadRequirements.read("glance", Map.of(MIN_VERSION, "13", REQUIREMENTS, text));

    assertThat(needs.unreadable()).contains("schemaversion.dev/requirements");
    // What the label says is known nevertheless: that resource lists the workload.
    assertThat(needs.names()).containsExactly("glance");
  }

  @Test
  void eightEntriesAreAllowed() {
    var eight =
        IntStream.range(0, 8).mapToObj(i -> "r" + i + "=1").collect(Collectors.joining(","));

    assertThat(WorkloadRequirements.read("", Map.of(REQUIREMENTS, eight)).names()).hasSize(8);
  }

  @Test
  void theLongestAnnotationIsParsedAndALongerOneIsRejected() {
    var longest = LONGEST_NAME + "=" + LONGEST_VERSION;
    var padded = longest + " ".repeat(2048 - longest.length());

    assertThat(WorkloadRequirements.read("", Map.of(REQUIREMENTS, padded)).unreadable()).isNull();
    assertThat(WorkloadRequirements.read("", Map.of(REQUIREMENTS, padded + " ")).unreadable())
        .isNotNull();
    assertThat(WorkloadRequirements.read("", Map.of(REQUIREMENTS, longest + "9")).unreadable())
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"13", "none"})
  void anEmptyLabelWithoutAnnotationIsInvalid(String min) {
    var needs =
        WorkloadRequirements.read("", min.equals("none") ? Map.of() : Map.of(MIN_VERSION, min));

    assertThat(needs.requirements()).isEmpty();
    assertThat(needs.unreadable()).contains("the label schemaversion.dev/requires is empty");
  }

  @Test
  void aVeryLongAnnotationIsRejectedQuickly() {
    var long256 = "k=" + "1.".repeat(128 * 1024);

    assertThat(WorkloadRequirements.read("glance", Map.of(REQUIREMENTS, long256)).unreadable())
        .hasSizeLessThan(500);
  }

  private static String inWords(WorkloadRequirements needs) {
    return needs.requirements().stream()
        .map(one -> one.name() + " " + one.range())
        .collect(Collectors.joining("|"));
  }

  private static List<String> nines(int parts) {
    var part = new char[18];
    Arrays.fill(part, '9');
    return IntStream.range(0, parts).mapToObj(i -> new String(part)).toList();
  }
}
