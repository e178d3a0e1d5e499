package dev.schemaversion.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.schemaversion.api.v1alpha1.ProofSpec;
import dev.schemaversion.runner.snapshot.IgnorePattern;
import dev.schemaversion.runner.snapshot.Kind;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API server accepts exactly the patterns that the runner understands. */
class ProofSpecTest {
  private static final Pattern TAKEN = Pattern.compile(ProofSpec.IGNORE_PATTERN);

  @ParameterizedTest
  @EnumSource
  void everyKindOfObjectMayBeIgnored(Kind kind) {
    assertThat(TAKEN.asMatchPredicate()).accepts(kind + " public.images");
  }

  @Test
  void noUnknownKindIsAccepted() {
    var kinds = ProofSpec.IGNORE_PATTERN.replaceAll("^\\^\\(\\\\\\*\\||\\) .*$", "");

    assertThat(kinds.split("\\|", -1))
        .hasSameSizeAs(Kind.values())
        .allSatisfy(
            kind ->
                assertThatCode(() -> IgnorePattern.of(kind + " public.x"))
                    .doesNotThrowAnyException());
  }

  @ParameterizedTest
  @ValueSource(strings = {"* public.tmp_*", "column public.\"Ä.b\".x", "* *"})
  void acceptedPatternsAreUnderstood(String pattern) {
    assertThat(TAKEN.asMatchPredicate()).accepts(pattern);
    assertThatCode(() -> IgnorePattern.of(pattern)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"public.tmp_*", "tabel public.x", "table ", "table", "*", "", "* \n"})
  void otherPatternsAreRejected(String pattern) {
    assertThat(TAKEN.asMatchPredicate()).rejects(pattern);
  }
}
