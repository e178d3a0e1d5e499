package dev.schemaversion.cli.kubectl.dashboard;

import dev.schemaversion.cli.kubectl.dashboard.DashboardServer.Answer;
import dev.schemaversion.cli.kubectl.view.page.Dashboard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The pages by their paths.
 *
 * @param dashboard returns what the pages show
 */
record Pages(Supplier<Dashboard> dashboard, Clock clock) {
  private static final Pattern RESOURCE = Pattern.compile("r/([^/]+)/([^/]+)");

  /** The files by their names, with their media types; no other file is served. */
  private static final Map<String, String> FILES =
      Map.of(
          "dashboard.css", "text/css; charset=utf-8",
          "dashboard.js", "text/javascript; charset=utf-8",
          "icon.svg", "image/svg+xml");

  /** Returns what is at a path. */
  Answer at(String path) {
    if (FILES.containsKey(path)) {
      return file(path);
    }
    var shown = dashboard.get();
    var now = clock.instant();
    if (path.isEmpty()) {
      return Answer.html(HttpURLConnection.HTTP_OK, shown.overview(now));
    }
    var resource = RESOURCE.matcher(path);
    return (resource.matches()
            ? shown.page(resource.group(1), resource.group(2), now)
            : Optional.<String>empty())
        .map(page -> Answer.html(HttpURLConnection.HTTP_OK, page))
        .orElseGet(
            () -> Answer.html(HttpURLConnection.HTTP_NOT_FOUND, shown.missing(depth(path), now)));
  }

  private static int depth(String path) {
    return Math.toIntExact(path.chars().filter(c -> c == '/').count());
  }

  private static Answer file(String name) {
    try (var file = Pages.class.getResourceAsStream(name)) {
      return new Answer(HttpURLConnection.HTTP_OK, FILES.get(name), file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
