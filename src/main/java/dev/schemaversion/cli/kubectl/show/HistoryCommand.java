package dev.schemaversion.cli.kubectl.show;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.cli.kubectl.cluster.NamedResource;
import dev.schemaversion.cli.kubectl.cluster.OutputOption;
import dev.schemaversion.cli.kubectl.view.Age;
import dev.schemaversion.cli.kubectl.view.StatusView;
import dev.schemaversion.cli.kubectl.view.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code history}: the Jobs that have ended. */
@Command(
    name = "history",
    description = "Shows the last ten Jobs that have ended, the newest first.")
public final class HistoryCommand implements Runnable {
  private static final List<String> HEAD =
      List.of("JOB", "STEP", "ATTEMPT", "RESULT", "VERSION", "MIGRATIONS", "ENDED", "TOOK");

  @Mixin private NamedResource target;

  @Mixin private OutputOption output;

  @Override
  public void run() {
    var terminal = target.terminal();
    try (var cluster = target.connect()) {
      var history = StatusView.history(StatusView.statusOf(target.in(cluster)));
      if (history.isEmpty()) {
        terminal.note("No Job of %s has ended yet.".formatted(target.name()));
      }
      output.print(terminal, history, () -> lines(history, terminal.now()));
    }
  }

  /** Returns the table of ended Jobs, the newest first; empty without any. */
  static List<String> lines(List<Operation> history, Instant now) {
    var rows = new ArrayList<List<String>>();
    history.reversed().forEach(ended -> rows.add(row(ended, now)));
    if (!rows.isEmpty()) {
      rows.addFirst(HEAD);
    }
    return Table.lines(rows);
  }

  private static List<String> row(Operation ended, Instant now) {
    return List.of(
        text(ended.job()),
        text(ended.step()),
        text(ended.attempt()),
        text(ended.reason()),
        text(ended.version()),
        text(ended.migrations()),
        ended.finishedAt() == null ? "-" : Age.since(ended.finishedAt(), now) + " ago",
        ended.seconds() == null
            ? "-"
            : Age.of(Duration.ofMillis(Math.round(ended.seconds() * 1000))));
  }

  private static String text(Object value) {
    return Objects.toString(value, "-");
  }
}
