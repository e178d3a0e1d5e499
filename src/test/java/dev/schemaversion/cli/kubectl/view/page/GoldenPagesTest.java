package dev.schemaversion.cli.kubectl.view.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.cli.kubectl.Plugin;
import dev.schemaversion.cli.kubectl.dashboard.RecordedDashboard;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pages of recorded objects, as HTML. {@code make golden} writes them anew; then read the
 * difference before you commit it.
 */
class GoldenPagesTest {
  private static final Dashboard DASHBOARD = RecordedDashboard.of(RecordedDashboard.cluster());

  /** Takes the place of each text in turn. */
  private static final String HOSTILE =
      "<script>alert(1)</script>\" onmouseover='alert(2)' x=\"&lt;<!--";

  static List<String> pages() {
    return List.of("overview", "images/glance", "identity/keystone", "shop/billing", "shop/search");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void aPageEqualsItsGoldenFile(String page) throws IOException {
    var file = RecordedDashboard.FOLDER.resolve(page.replaceFirst(".*/", "") + ".html");
    var html = html(DASHBOARD, page);

    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(file, html);
    }
    assertThat(file).as("run 'make golden' and read the difference").hasContent(html);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void noTextBecomesMarkup(String page) {
    // Every text that the pages show and that a person, a program or a server has written.
    for (var text :
        List.of(
            "HistoryContradicted",
            "Nothing was written.",
            "min_disk",
            "glance-registry",
            "glance-baseline-5d1c77ab-2",
            "13-14",
            "VersionUnknown",
            "does not accept connections",
            "keystone-sync-1a2b3c4d-1",
            "V107__index_tokens.sql",
            "application backup",
            "V2026.3__drop_checksum.sql",
            "2026.2")) {
      var benign = RecordedDashboard.cluster().replace(text, "benign");
      var hostile = RecordedDashboard.cluster().replace(text, HOSTILE);

      assertThat(html(RecordedDashboard.of(hostile), page).replace(escaped(HOSTILE), "benign"))
          .as(text)
          .isEqualTo(html(RecordedDashboard.of(benign), page));
    }
  }

  @ParameterizedTest(name = "{0}/{1}")
  @CsvSource({"images, nova", "shop, glance", "'', ''", "images%2Fglance, ''", ".., .."})
  void aResourceThatDoesNotExistHasNoPage(String namespace, String name) {
    assertThat(DASHBOARD.page(namespace, name, Plugin.NOW)).isEmpty();
  }

  @Test
  void whatCannotBeReadAnyMoreIsShownWithTheReasonAndItsAge() {
    var page =
        DASHBOARD
            .withProblem("The API server does not answer.")
            .overview(Plugin.NOW.plusSeconds(600));

    assertThat(page)
        .contains("The API server does not answer. What you see was read 10m ago.")
        .contains("images/");
  }

  @Test
  void aClusterWithoutResourcesSaysWhereElseToLook() {
    var page =
        new Dashboard("https://a", "glance", List.of(), Plugin.NOW, null).overview(Plugin.NOW);

    assertThat(page).contains("Name another namespace with -n, or use -A", "Namespace glance of");
  }

  @Test
  void everyGoldenFileIsUsed() throws IOException {
    try (var files = Files.list(RecordedDashboard.FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "cluster.yaml",
              "overview.html",
              "glance.html",
              "keystone.html",
              "billing.html",
              "search.html");
    }
  }

  private static String html(Dashboard dashboard, String page) {
    if (page.equals("overview")) {
      return dashboard.overview(Plugin.NOW);
    }
    var names = Arrays.asList(page.split("/", -1));
    return dashboard.page(names.getFirst(), names.getLast(), Plugin.NOW).orElseThrow();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
