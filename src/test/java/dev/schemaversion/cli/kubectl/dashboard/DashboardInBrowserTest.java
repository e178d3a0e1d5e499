package dev.schemaversion.cli.kubectl.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.cli.kubectl.Plugin;
import dev.schemaversion.cli.kubectl.view.page.Dashboard;
import dev.schemaversion.testing.Extended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a person sees of the pages in a browser. With {@code -Dpicture.write=true} it writes the
 * pictures of the documentation; look at them before you commit them.
 */
@Extended
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardInBrowserTest {
  private static final Clock CLOCK = Clock.fixed(Plugin.NOW, ZoneOffset.UTC);
  private static final Dashboard DASHBOARD = RecordedDashboard.of(RecordedDashboard.cluster());
  private static final Path PICTURES = Path.of("docs", "pictures");

  private Chromium browser;
  private DashboardServer server;
  private volatile Dashboard shown;

  @BeforeAll
  void startBrowser(@TempDir Path folder) throws Exception {
    browser = new Chromium(folder);
  }

  @AfterAll
  void stopBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void serve() throws IOException {
    shown = DASHBOARD;
    server = DashboardServer.start(0, () -> shown, CLOCK);
    browser.screen(1200, 900, 1, false);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theFirstPageShowsWhoWaitsForWhatAndWhatIsWrong() {
    open("");

    assertThat(browser.text())
        .contains("1 Ready", "1 Stalled", "2 Not ready", "3 waiting workloads")
        .containsSubsequence("Workloads that wait", "glance-registry", "glance-cleaner")
        .containsSubsequence("Databases", "images/glance", "no proven version wants 14")
        .containsSubsequence("What ran", "sync", "keystone-sync-1a2b3c4d-1")
        .contains("6 objects differ from version 13; the schema equals 9, 10:")
        .contains("2 more lines", "Nothing was written. Correct the schema or the history")
        .doesNotContain("column public.images.min_disk");
    assertThat(browser.evaluate("document.title").asText()).startsWith("1 of 5 ready");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aLinkLeadsToTheResourceWithItsDifferenceSideBySide() {
    open("");

    browser.evaluate("document.querySelector('#resources a').click()");
    browser.await("document.querySelector('#difference table') !== null");

    assertThat(browser.text()).contains("images/glance", "The migrations build (version 13)");
    assertThat(
            browser.evaluate(
                "[...document.querySelectorAll('#difference tbody tr:nth-child(2) > *')].map(e => e.innerText).join(' | ')"))
        .hasToString("\"column public.images.min_disk | integer NOT NULL | integer\"");
    assertThat(browser.evaluate("document.querySelector('.expected mark').innerText").asText())
        .isEqualTo("character varying(36)");
    assertThat(
            browser
                .evaluate(
                    "getComputedStyle(document.querySelector('.expected mark')).backgroundColor")
                .asText())
        .isEqualTo("rgb(253, 234, 232)");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void thePageFollowsTheClusterAndWhatAPersonHasOpenedStaysOpen() {
    open("");
    browser.evaluate("document.querySelector('details summary').click()");
    browser.evaluate("document.querySelector('details summary').focus()");

    shown = RecordedDashboard.of(RecordedDashboard.cluster().replace("SyncRunning", "NewReason"));
    browser.await("document.body.innerText.includes('NewReason')");

    assertThat(browser.text()).contains("column public.images.min_disk");
    assertThat(browser.evaluate("document.activeElement.tagName").asText()).isEqualTo("SUMMARY");
    shown = new Dashboard("https://a", null, List.of(), Plugin.NOW, null);
    browser.await("document.title.startsWith('0 of 0 ready')");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aPageWhoseServerHasEndedSaysSo() {
    open("");
    assertThat(browser.text()).doesNotContain("no longer updated");

    server.close();

    browser.await("document.body.innerText.includes('no longer updated')");
    assertThat(browser.text()).contains("images/glance");
    browser.complaints().clear();
  }

  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource({
    "'', 1200",
    "'', 390",
    "'', 320",
    "r/images/glance, 1200",
    "r/images/glance, 390",
    "r/identity/keystone, 390",
    "r/shop/billing, 320"
  })
  void nothingIsWiderThanTheScreen(String page, int width) {
    browser.screen(width, 800, 1, false);
    open(page);

    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(width);
  }

  @ParameterizedTest(name = "dark: {0}")
  @CsvSource({"false, 4.5", "true, 4.5"})
  void everyTextIsLegible(boolean dark, double contrast) {
    browser.screen(1200, 900, 1, dark);
    for (var page : List.of("", "r/images/glance", "r/shop/billing")) {
      open(page);
      assertThat(browser.evaluate(CONTRAST).asDouble()).as(page).isGreaterThanOrEqualTo(contrast);
    }
  }

  /** The least contrast of a text with what is behind it, as WCAG 2 defines it. */
  private static final String CONTRAST =
      """
      (() => {
        const rgb = (color) => color.match(/[0-9.]+/g).map(Number);
        const light = (color) => {
          const [r, g, b] = rgb(color).slice(0, 3).map((c) => c / 255).map((c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const behind = (e) => {
          const [, , , alpha = 1] = rgb(getComputedStyle(e).backgroundColor);
          return alpha === 0 && e.parentElement ? behind(e.parentElement) : getComputedStyle(e).backgroundColor;
        };
        const texts = [...document.querySelectorAll('body *')].filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && e.checkVisibility());
        return Math.min(...texts.map((e) => {
          const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
          return (a + 0.05) / (b + 0.05);
        }));
      })()""";

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "dashboard.png, '', html",
    "dashboard-difference.png, r/images/glance, #difference",
  })
  void thePicturesOfTheDocumentationAreOfThesePages(String file, String page, String element)
      throws IOException {
    browser.screen(900, 750, 1, false);
    open(page);

    var picture = browser.picture(element, 750);

    assertThat(picture).hasSizeGreaterThan(10_000);
    if (Boolean.getBoolean("picture.write")) {
      Files.createDirectories(PICTURES);
      Files.write(PICTURES.resolve(file), picture);
    }
  }

  private void open(String page) {
    browser.open(server.address() + page);
  }
}
