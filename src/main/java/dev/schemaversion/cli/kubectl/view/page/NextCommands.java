package dev.schemaversion.cli.kubectl.view.page;

import dev.schemaversion.cli.kubectl.view.JobView;
import dev.schemaversion.cli.kubectl.view.State;
import dev.schemaversion.contract.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The commands of the plugin that come next for a resource. */
final class NextCommands {
  private NextCommands() {}

  /** Returns the command lines. */
  static List<String> of(ResourceView resource) {
    var view = resource.view();
    var names = new ArrayList<String>();
    if (view.plan() != null) {
      names.add("approve");
    }
    if (view.suspended()) {
      names.add("resume");
    }
    if (view.state() == State.STALLED && endedAJob(view.ready().getReason())) {
      names.add("retry");
    }
    if (view.jobs().stream().anyMatch(JobView::active)) {
      names.add("logs -f");
    } else if (!view.jobs().isEmpty()) {
      names.add("logs");
    }
    return names.stream()
        .map(
            name ->
                "kubectl schemaversion %s %s -n %s".formatted(name, view.name(), view.namespace()))
        .toList();
  }

  private static boolean endedAJob(String reason) {
    return Arrays.stream(Outcome.values()).anyMatch(outcome -> outcome.reason().equals(reason));
  }
}
