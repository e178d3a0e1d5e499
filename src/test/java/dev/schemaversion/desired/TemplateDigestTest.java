package dev.schemaversion.desired;

import static dev.schemaversion.desired.DesiredJobs.FACTORY;
import static dev.schemaversion.desired.DesiredJobs.changed;
import static dev.schemaversion.desired.DesiredJobs.job;
import static dev.schemaversion.desired.DesiredJobs.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which changes make another pod template, so that a pending Job is replaced. */
class TemplateDigestTest {
  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource({
    "'disk: fast', 'disk: slow'",
    "'team: glance', 'team: nova'",
    "'name: glance-db', 'name: other'",
    "'name: glance-migrations', 'name: other'",
    "'configMap: db-ca', 'configMap: other'"
  })
  void anotherPodTemplateChangesTheDigest(String from, String to) {
    assertThat(FACTORY.templateDigest(changed("complete", from, to)))
        .isNotEqualTo(FACTORY.templateDigest(resource("complete")));
  }

  @Test
  void anotherImageChangesTheDigest() {
    assertThat(new JobFactory("other", ScratchImages.OFFICIAL).templateDigest(resource("complete")))
        .isNotEqualTo(FACTORY.templateDigest(resource("complete")));
  }

  @Test
  void theTemplateDigestIsIndependentOfVersionAndAttempt() {
    var resource = resource("complete");

    assertThat(FACTORY.templateDigest(changed("complete", "version: \"13\"", "version: \"14\"")))
        .isEqualTo(FACTORY.templateDigest(resource));
    assertThat(job(resource, Step.BASELINE).getMetadata().getAnnotations().get(Labels.TEMPLATE))
        .isEqualTo(FACTORY.templateDigest(resource));
  }
}
