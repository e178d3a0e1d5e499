package dev.schemaversion.cli.kubectl.view.page;

import static dev.schemaversion.cli.kubectl.view.page.Html.element;
import static dev.schemaversion.cli.kubectl.view.page.Html.text;

import dev.schemaversion.cli.kubectl.view.State;
import dev.schemaversion.cli.kubectl.view.page.Html.Element;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The page about all resources: their states, who waits for them, and what ran. */
final class OverviewPage {
  private static final int RUNS = 20;

  private final Dashboard dashboard;
  private final Instant now;
  private final Frame frame;

  OverviewPage(Dashboard dashboard, Instant now) {
    this.dashboard = dashboard;
    this.now = now;
    this.frame = new Frame(dashboard, "", now);
  }

  String html() {
    var sections = new ArrayList<Element>();
    sections.add(totals());
    var held = new HeldWorkloads(frame).ofAll(dashboard.resources());
    if (!held.isEmpty()) {
      sections.add(Frame.section("held", "Workloads that wait").add(held));
    }
    sections.add(Frame.section("resources", "Databases").add(resources()));
    sections.add(Frame.section("runs", "What ran").add(runs()));
    notes().ifPresent(sections::add);
    return frame.html("%d of %d ready".formatted(count(State.READY), all()), sections);
  }

  private Element totals() {
    var totals = element("ul").of("totals");
    for (var state : State.values()) {
      long count = count(state);
      if (count > 0 || state == State.READY) {
        totals =
            totals.add(
                element("li", element("b", Long.toString(count)), text(" " + state.text()))
                    .of(Frame.styleClass(state.name())));
      }
    }
    int held = dashboard.resources().stream().mapToInt(each -> each.view().held()).sum();
    return element(
            "section",
            held == 0
                ? totals
                : totals.add(
                    element("li", element("b", Integer.toString(held)), text(" waiting workloads"))
                        .of("held")))
        .set("id", "totals");
  }

  private long count(State state) {
    return dashboard.resources().stream().filter(each -> each.view().state() == state).count();
  }

  private int all() {
    return dashboard.resources().size();
  }

  private Element resources() {
    return all() == 0
        ? element("p", "There is no SchemaVersion here. Name another namespace with -n, or use -A.")
        : element("ul").of("resources").add(dashboard.resources().stream().map(this::row).toList());
  }

  private Element row(ResourceView resource) {
    var view = resource.view();
    var row =
        element(
                "li",
                element(
                        "p",
                        Frame.badge(resource),
                        text(" "),
                        frame.link(resource),
                        text(" "),
                        Summary.versions(resource))
                    .of("title"),
                new Summary(frame).sentence(resource))
            .of("resource " + Frame.styleClass(view.state().name()));
    return view.state() == State.READY ? row : row.add(message(resource));
  }

  /** What happened and what to do; on demand what is between, which may be ten differences. */
  private static List<Element> message(ResourceView resource) {
    var lines = resource.view().message().lines().toList();
    if (lines.size() <= 2) {
      return lines.stream().map(line -> element("p", line).of("message")).toList();
    }
    var between = lines.subList(1, lines.size() - 1);
    return List.of(
        element("p", lines.getFirst()).of("message"),
        element(
                "details",
                element("summary", between.size() + " more lines"),
                element("pre", String.join("\n", between)))
            .set("id", "message-" + resource.fullName()),
        element("p", lines.getLast()));
  }

  /** A run of a resource. */
  private record ResourceRun(ResourceView resource, Run run) {
    boolean active() {
      return run.state() == Run.State.ACTIVE;
    }

    String at() {
      return Objects.toString(run.at(), "");
    }
  }

  private Element runs() {
    var runs =
        dashboard.resources().stream()
            .flatMap(resource -> runsOf(resource))
            .sorted(
                Comparator.comparing(ResourceRun::active).thenComparing(ResourceRun::at).reversed())
            .limit(RUNS)
            .toList();
    var list = new RunList(frame, runs.stream().map(ResourceRun::run).toList());
    return runs.isEmpty()
        ? element("p", "No Job has run yet.")
        : list.of(
            runs.stream()
                .map(each -> list.item(each.run(), List.of(frame.link(each.resource()))))
                .toList());
  }

  private Stream<ResourceRun> runsOf(ResourceView resource) {
    return resource.runs(now).stream().map(run -> new ResourceRun(resource, run));
  }

  private Optional<Element> notes() {
    var notes =
        dashboard.resources().stream()
            .flatMap(resource -> resource.view().notes().stream())
            .distinct()
            .map(note -> element("p", note).of("quiet"))
            .toList();
    return notes.isEmpty()
        ? Optional.empty()
        : Optional.of(element("section").set("id", "notes").add(notes));
  }
}
