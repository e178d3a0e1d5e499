package dev.schemaversion.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every relative link of every page leads somewhere. */
class LinksTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+)$");
  private static final Pattern ID = Pattern.compile("<a id=\"([^\"]+)\">");
  private static final Pattern CODE = Pattern.compile("`[^`\n]*`");

  static Stream<Path> pages() {
    return Pages.all().stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyRelativeLinkLeadsToAFileAndEveryAnchorToAHeading(Path page) {
    var dead = new ArrayList<String>();
    var text = CODE.matcher(Pages.prose(page)).replaceAll("");
    LINK.matcher(text)
        .results()
        .map(link -> link.group(1))
        .filter(target -> !target.matches("(https?|mailto):.*"))
        .filter(target -> !alive(page, target))
        .forEach(dead::add);

    assertThat(dead).isEmpty();
  }

  @Test
  void everyPageOfTheDocumentationIsLinkedFromTheReadme() {
    var readme = Pages.read(Path.of("README.md"));

    assertThat(pages().filter(page -> page.startsWith("docs")).map(Path::toString))
        .allSatisfy(page -> assertThat(readme).contains("(" + page));
  }

  private static boolean alive(Path page, String target) {
    var parts = target.split("#", 2);
    var file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    return Files.exists(file) && (parts.length == 1 || anchors(file).contains(parts[1]));
  }

  private static Set<String> anchors(Path page) {
    var anchors = new HashSet<String>();
    HEADING.matcher(Pages.prose(page)).results().map(LinksTest::slug).forEach(anchors::add);
    ID.matcher(Pages.read(page)).results().map(id -> id.group(1)).forEach(anchors::add);
    return anchors;
  }

  /** As GitHub makes it. */
  private static String slug(MatchResult heading) {
    return heading
        .group(1)
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
        .replace(' ', '-');
  }
}
