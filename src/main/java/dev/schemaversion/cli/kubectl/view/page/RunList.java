package dev.schemaversion.cli.kubectl.view.page;

import static dev.schemaversion.cli.kubectl.view.page.Html.element;
import static dev.schemaversion.cli.kubectl.view.page.Html.text;

import dev.schemaversion.cli.kubectl.view.Age;
import dev.schemaversion.cli.kubectl.view.page.Html.Element;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A time line of runs, the newest first, each with a bar for the time that it took. */
final class RunList {
  private static final int FULL = 100;

  private final Frame frame;
  private final Duration longest;

  RunList(Frame frame, List<Run> runs) {
    this.frame = frame;
    this.longest =
        runs.stream()
            .map(Run::took)
            .filter(Objects::nonNull)
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
  }

  /** Returns the list. */
  Element of(List<Element> items) {
    return element("ol").of("runs").add(items);
  }

  /**
   * Returns a run.
   *
   * @param about the resource, where that is not clear
   */
  Element item(Run run, List<Element> about) {
    var head =
        element(
                "p",
                element("b", run.step()),
                text(" "),
                element("span", run.result()).of("result"))
            .of("title");
    for (var each : about) {
      head = head.add(text(" "), each);
    }
    if (run.at() != null) {
      head =
          head.add(
              text(run.state() == Run.State.ACTIVE ? " for " : " "),
              frame.age(run.at()),
              text(run.state() == Run.State.ACTIVE ? "" : " ago"));
    }
    var item =
        element("li", head, element("p").of("quiet").add(Summary.separated(facts(run))))
            .of("run " + Frame.styleClass(run.state().name()));
    if (run.message() != null) {
      item = item.add(element("pre", run.message()).of("message"));
    }
    return run.took() == null ? item : item.add(bar(run.took()));
  }

  private static List<List<Html>> facts(Run run) {
    var facts = new ArrayList<List<Html>>();
    if (run.took() != null && run.state() != Run.State.ACTIVE) {
      facts.add(List.of(text("took " + Age.of(run.took()))));
    }
    run.details().forEach(detail -> facts.add(List.of(text(detail))));
    if (run.attempt() != null && !run.attempt().equals("1")) {
      facts.add(List.of(text("attempt " + run.attempt())));
    }
    facts.add(List.of(element("code", run.job())));
    return facts;
  }

  private Element bar(Duration took) {
    long share =
        longest.isZero() ? FULL : Math.clamp(FULL * took.toMillis() / longest.toMillis(), 1, FULL);
    return element("svg", element("rect").set("width", Long.toString(share)).set("height", "1"))
        .of("bar")
        .set("viewBox", "0 0 100 1")
        .set("preserveAspectRatio", "none")
        .set("aria-hidden", "true");
  }
}
