package dev.schemaversion.runner.snapshot.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.snapshot.Kind;
import dev.schemaversion.runner.snapshot.Line;
import org.junit.jupiter.api.Test;

/** The normalised lines of differences, which are stored and digested. */
class DifferenceTest {
  @Test
  void aDifferenceIsOneLineThatNamesBothSides() {
    var a = view("SELECT 1\nAS a");
    var b = view("SELECT → 2");

    assertThat(new Difference.Missing(a).normalised())
        .isEqualTo("missing view public.v: SELECT 1\\nAS a");
    assertThat(new Difference.Unexpected(a).normalised())
        .isEqualTo("unexpected view public.v: SELECT 1\\nAS a");
    assertThat(new Difference.Different(a, b).normalised())
        .isEqualTo("different view public.v: SELECT 1\\nAS a → SELECT \\u2192 2");
    assertThat(new Difference.Renamed(a, a).normalised())
        .isEqualTo("renamed view public.v → public.v: SELECT 1\\nAS a");
  }

  @Test
  void aTruncatedDefinitionContainsADigestOfTheWhole() {
    var one = new Difference.Missing(view("SELECT " + "🦆".repeat(500))).normalised();
    var two = new Difference.Missing(view("SELECT " + "🦆".repeat(499) + "x")).normalised();

    assertThat(one).hasSizeLessThan(250).contains("SELECT 🦆").isNotEqualTo(two);
    assertThat(one.replaceAll("sha256:\\p{XDigit}{64}", ""))
        .isEqualTo(two.replaceAll("sha256:\\p{XDigit}{64}", ""));
  }

  @Test
  void invisibleCharactersAreEscaped() {
    assertThat(view("a\u2028b\u202ec\u0000d\u00a0e👩‍🦆\u0085").toString())
        .isEqualTo("view public.v: a\\u2028b\\u202ec\\u0000d\\u00a0e👩\\u200d🦆\\u0085");
  }

  private static Line view(String definition) {
    return new Line(Kind.VIEW, "public", "v", definition, "");
  }
}
