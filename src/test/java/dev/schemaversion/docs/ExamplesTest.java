package dev.schemaversion.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every console example of a page is one of {@link Examples}: {@code make reference} writes it
 * below its mark, {@code <!-- example: name -->}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("(?ms)^<!-- example: ([a-z-]+) -->\n```console\n(.*?)^```$");

  private Map<String, String> examples;

  @BeforeAll
  void produce(@TempDir Path root) throws IOException {
    examples = new Examples(root).all();
  }

  @Test
  void everyExampleIsWhatTheCodeProduces() {
    for (var page : Pages.all()) {
      var shown = EXAMPLE.matcher(Pages.read(page));
      if (shown.find()) {
        Pages.requireCurrent(
            page, shown.replaceAll(example -> Matcher.quoteReplacement(block(example.group(1)))));
      }
    }
  }

  @Test
  void noConsoleBlockIsWithoutAnExample() {
    for (var page : Pages.all()) {
      var marked = EXAMPLE.matcher(Pages.read(page)).results().count();

      assertThat(Pages.read(page).split("(?m)^ *```console", -1).length - 1)
          .as("console blocks of %s", page)
          .isEqualTo((int) marked);
    }
  }

  @Test
  void everyExampleIsShown() {
    var shown = new TreeSet<String>();
    for (var page : Pages.all()) {
      EXAMPLE.matcher(Pages.read(page)).results().forEach(each -> shown.add(each.group(1)));
    }

    assertThat(shown).isEqualTo(new TreeSet<>(examples.keySet()));
  }

  private String block(String name) {
    assertThat(examples).as("example %s", name).containsKey(name);
    return "<!-- example: %s -->\n```console\n%s```".formatted(name, examples.get(name));
  }
}
