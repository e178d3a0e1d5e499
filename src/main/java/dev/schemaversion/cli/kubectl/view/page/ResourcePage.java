package dev.schemaversion.cli.kubectl.view.page;

import static dev.schemaversion.cli.kubectl.view.page.Html.element;
import static dev.schemaversion.cli.kubectl.view.page.Html.text;

import dev.schemaversion.cli.kubectl.view.PlanText;
import dev.schemaversion.cli.kubectl.view.page.Html.Element;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The page about a resource. */
final class ResourcePage {
  private final ResourceView resource;
  private final Instant now;
  private final Frame frame;

  ResourcePage(Dashboard dashboard, ResourceView resource, Instant now) {
    this.resource = resource;
    this.now = now;
    this.frame = new Frame(dashboard, "../../", now);
  }

  String html() {
    var view = resource.view();
    var sections = new ArrayList<Element>();
    sections.add(state());
    if (view.plan() != null) {
      sections.add(
          Frame.section(
              "plan",
              "Plan that waits for approval",
              element("pre", String.join("\n", PlanText.lines(resource.status().plan(), now)))));
    }
    add(sections, Frame.section("workloads", "Workloads"), new HeldWorkloads(frame).of(resource));
    if (resource.status().proof() != null) {
      sections.add(
          Frame.section("difference", "Schema")
              .add(DifferenceTable.of(resource.status().proof(), resource.differences())));
    }
    add(sections, Frame.section("runs", "What ran"), runs());
    add(sections, Frame.section("warnings", "Warnings"), warnings());
    add(
        sections,
        element("section").set("id", "notes"),
        view.notes().stream().map(note -> element("p", note).of("quiet")).toList());
    return frame.html(view.state().text() + " · " + resource.fullName(), sections);
  }

  private static void add(List<Element> sections, Element section, List<? extends Html> content) {
    if (!content.isEmpty()) {
      sections.add(section.add(content));
    }
  }

  private Element state() {
    var view = resource.view();
    var heading =
        element(
            "h2",
            Frame.badge(resource),
            text(" "),
            element("span", view.namespace() + "/").of("quiet"),
            element("b", view.name()));
    var commands = NextCommands.of(resource);
    var section =
        element(
                "section",
                heading,
                new Summary(frame).sentence(resource),
                element("pre", view.message()).of("message"),
                new Summary(frame).facts(resource))
            .set("id", "state")
            .of(Frame.styleClass(view.state().name()));
    return commands.isEmpty()
        ? section
        : section.add(element("pre", String.join("\n", commands)).of("commands"));
  }

  private List<Element> runs() {
    var runs = resource.runs(now);
    var list = new RunList(frame, runs);
    return runs.isEmpty()
        ? List.of()
        : List.of(list.of(runs.stream().map(run -> list.item(run, List.of())).toList()));
  }

  private List<Element> warnings() {
    return resource.view().warnings().stream()
        .map(
            warning ->
                element(
                    "p",
                    frame.age(warning.at()),
                    text(" ago "),
                    element("b", warning.reason()),
                    text(": " + warning.message())))
        .toList();
  }
}
