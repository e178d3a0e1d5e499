package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.Extended;
import dev.schemaversion.e2e.Glance;

/**
 * An accepted difference makes a database usable that never equals a fresh one, and hides no
 * further difference.
 */
@Extended
@WithOperator
class AcceptedDifferenceTest {
  @Story
  void anAcceptedDifferenceIsCarriedAndANewDifferenceVoidsIt(Glance glance) {
    glance.environment("environment-diablo-auto-created").apply("app");
    glance.await("Stalled");
    assertThat(glance.condition("Stalled").get("reason").asText()).isEqualTo("ClaimRefuted");
    var digest = glance.get("sv", "glance").at("/status/proof/digest").asText();
    assertThat(glance.condition("Stalled").get("message").asText()).contains(digest);

    Stories.change(glance, "\"baseline\": {\"acceptDifference\": \"%s\"}".formatted(digest));
    glance.awaitVersion("13");
    glance.await("Ready");
    glance.awaitRegistry();

    var status = glance.get("sv", "glance").get("status");
    assertThat(status.at("/baseline/source").asText()).isEqualTo("Accepted");
    assertThat(glance.condition("Baselined").get("reason").asText()).isEqualTo("Accepted");
    assertThat(status.at("/proof/verdict").asText()).isEqualTo("Accepted");

    glance.apply("migrations-fixed");
    glance.awaitVersion("14");
    glance.await("Ready");

    status = glance.get("sv", "glance").get("status");
    assertThat(status.at("/proof/verdict").asText()).isEqualTo("Accepted");

    glance.psql("DROP INDEX ix_images_owner");
    Stories.annotate(glance, "verify", "now");
    glance.awaitReason("Proven", "Drifted");

    assertThat(glance.condition("Ready").get("status").asText()).isEqualTo("False");
    assertThat(String.join("\n", Stories.differences(glance)))
        .contains("- index public.images.ix_images_owner");
  }

  @Story
  void anotherDigestAcceptsNothing(Glance glance) {
    glance.environment("environment-diablo-auto-created");
    var before = glance.dump();

    glance.apply(
        "app",
        app ->
            app.replace(
                "  baseline:\n",
                "  baseline:\n    acceptDifference: sha256:" + "0".repeat(64) + "\n"));
    glance.await("Stalled");

    assertThat(glance.condition("Stalled").get("reason").asText()).isEqualTo("ClaimRefuted");
    assertThat(glance.dump()).isEqualTo(before);
  }
}
