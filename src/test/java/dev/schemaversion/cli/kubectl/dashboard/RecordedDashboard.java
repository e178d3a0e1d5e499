package dev.schemaversion.cli.kubectl.dashboard;

import dev.schemaversion.cli.kubectl.Plugin;
import dev.schemaversion.cli.kubectl.RecordedCluster;
import dev.schemaversion.cli.kubectl.view.StatusView;
import dev.schemaversion.cli.kubectl.view.page.Dashboard;
import dev.schemaversion.cli.kubectl.view.page.ResourceView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** What the pages show of recorded objects. */
public final class RecordedDashboard {
  /** The recorded objects, and the pages that are made of them. */
  public static final Path FOLDER =
      Path.of("src/test/resources/dev/schemaversion/cli/kubectl/dashboard");

  private RecordedDashboard() {}

  /** Returns the recorded objects. */
  public static RecordedCluster cluster() {
    try {
      return RecordedCluster.of(Files.readString(FOLDER.resolve("cluster.yaml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what the pages show of some objects. */
  public static Dashboard of(RecordedCluster cluster) {
    return new Dashboard(
        "https://cluster.example.org:6443",
        null,
        cluster.observed().stream()
            .map(
                observed -> {
                  var status = StatusView.statusOf(observed.resource());
                  return new ResourceView(
                      StatusView.of(observed),
                      status,
                      status.proof() == null
                          ? List.of()
                          : Objects.requireNonNullElse(status.proof().first(), List.of()));
                })
            .toList(),
        Plugin.NOW,
        null);
  }
}
