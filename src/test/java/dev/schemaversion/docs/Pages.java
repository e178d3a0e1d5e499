package dev.schemaversion.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Markdown pages of the repository. */
public final class Pages {
  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```$");

  private Pages() {}

  /** All of them, in the order of their paths. */
  static List<Path> all() {
    try (var top = Files.list(Path.of(""))) {
      var pages = new ArrayList<>(top.filter(Pages::isPage).toList());
      for (var folder : List.of("docs", "deploy", "charts", ".github")) {
        try (Stream<Path> below = Files.walk(Path.of(folder))) {
          below.filter(Pages::isPage).forEach(pages::add);
        }
      }
      return pages.stream().sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isPage(Path file) {
    return file.toString().endsWith(".md");
  }

  /** The text of a page. */
  public static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text without fenced code. */
  static String prose(Path page) {
    return FENCE.matcher(read(page)).replaceAll("");
  }

  /** Fails if a page does not have the generated text; {@code make reference} writes it. */
  public static void requireCurrent(Path page, String generated) {
    try {
      if (Boolean.getBoolean("reference.write")) {
        Files.createDirectories(page.toAbsolutePath().getParent());
        Files.writeString(page, generated);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(page).as("run 'make reference' and commit the result").hasContent(generated);
  }

  /**
   * Fails if a part of a page is not the generated text; {@code make reference} writes it. The part
   * is between the comments {@code <!-- name: … -->} and {@code <!-- end of name -->}.
   */
  static void requireCurrentPart(Path page, String name, String generated) {
    var text = read(page);
    int begin = text.indexOf("-->\n", text.indexOf("<!-- " + name + ":")) + "-->\n".length();
    int end = text.indexOf("<!-- end of " + name + " -->");
    assertThat(begin).as("the beginning of the part in " + page).isLessThanOrEqualTo(end);
    requireCurrent(page, text.substring(0, begin) + "\n" + generated + "\n" + text.substring(end));
  }
}
