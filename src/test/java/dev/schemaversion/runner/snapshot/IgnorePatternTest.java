package dev.schemaversion.runner.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which objects a pattern leaves out. */
class IgnorePatternTest {
  private static final Line INDEX = line(Kind.INDEX, "public.t", "ix_a");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "index public.t.ix_a",
        "index public.t.ix_*",
        "* public.t.*",
        "* *",
        " index  *_a"
      })
  void aPatternMatches(String pattern) {
    assertThat(IgnorePattern.of(pattern).matches(INDEX)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "table public.t.ix_a",
        "index public.t.ix",
        "index t.ix_a",
        "* public_t*",
        "index ?"
      })
  void aPatternDoesNotMatch(String pattern) {
    assertThat(IgnorePattern.of(pattern).matches(INDEX)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "view column v.*, VIEW_COLUMN",
    "view v.*, VIEW",
    "domain constraint v.*, DOMAIN_CONSTRAINT"
  })
  void aKindOfTwoWordsIsParsedCompletely(String pattern, Kind kind) {
    for (var other : Kind.values()) {
      assertThat(IgnorePattern.of(pattern).matches(line(other, "v", "x"))).isEqualTo(other == kind);
    }
  }

  @Test
  void aNameWithALineBreakIsMatchedAsLinesShowIt() {
    var line = line(Kind.TABLE, "public", "\"a\nb\"");

    assertThat(IgnorePattern.of("table public.\"a\\nb\"").matches(line)).isTrue();
    assertThat(IgnorePattern.of("table public.*").matches(line)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "index", "index ", "indexes public.x", "public.x", "INDEX x"})
  void anInvalidPatternIsRejected(String pattern) {
    assertThatThrownBy(() -> IgnorePattern.of(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("“" + pattern + "”");
  }

  private static Line line(Kind kind, String within, String local) {
    return new Line(kind, within, local, "", "");
  }
}
