package dev.schemaversion.cli.kubectl.view.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.cli.kubectl.view.page.SideBySide.Parts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A difference is taken apart into what the migrations build and what the database has. */
class SideBySideTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "'- index public.a.b: USING btree (c)' | index public.a.b | USING btree (c) | none",
        "'+ trigger public.a.b: BEFORE INSERT' | trigger public.a.b | none | BEFORE INSERT",
        "'- column public.a.b: text\n+ column public.a.b: integer' | column public.a.b | text | integer",
        "'- column public.\"a: b\": text' | column public.\"a: b\" | text | none",
        "'- schema shop: ' | schema shop | '' | none",
        "'! function public.f(), from line 3\n-     x := 1;\n+     x := 2;\n+     y := 3;' | function public.f(), from line 3 | '  x := 1;' | '  x := 2;\n  y := 3;'",
        "'~ table public.a → public.b' | table public.a | has this name | has the name public.b",
        "'unprovable ReplayFailed' | unprovable ReplayFailed | '' | ''",
        "'- one: a\n- two: b' | '- one: a\n- two: b' | '' | ''",
        "'' | '' | '' | ''",
      })
  void bothSidesAreSeparated(String difference, String object, String expected, String found) {
    assertThat(SideBySide.of(difference)).isEqualTo(new SideBySide(object, expected, found));
  }

  @Test
  void escapedLineBreaksOfADefinitionAreLineBreaks() {
    assertThat(SideBySide.of("+ function f(): a\\n\\tb\\\\n$1").found()).isEqualTo("a\n\tb\\n$1");
  }

  @ParameterizedTest(name = "{0} ↔ {1}")
  @CsvSource({
    "integer NOT NULL, integer, integer, ' NOT NULL', ''",
    "varchar(36) NOT NULL, varchar(300) NOT NULL, varchar(, 36, ) NOT NULL",
    "a, a, a, '', ''",
    "a a, a, a, ' a', ''",
    "'', a, '', '', ''",
  })
  void whatDiffersIsMarkedByWholeWords(
      String text, String with, String before, String other, String after) {
    assertThat(SideBySide.compare(text, with)).isEqualTo(new Parts(before, other, after));
  }
}
