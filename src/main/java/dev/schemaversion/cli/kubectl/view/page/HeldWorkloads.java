package dev.schemaversion.cli.kubectl.view.page;

import static dev.schemaversion.cli.kubectl.view.page.Html.element;
import static dev.schemaversion.cli.kubectl.view.page.Html.text;

import dev.schemaversion.cli.kubectl.view.WorkloadView;
import dev.schemaversion.cli.kubectl.view.page.Html.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Tables of workloads: who waits for what since when. */
record HeldWorkloads(Frame frame) {
  /** Returns a table of the held workloads of all resources; empty if none is held. */
  List<Element> ofAll(List<ResourceView> resources) {
    var rows = new ArrayList<Element>();
    for (var resource : resources) {
      resource.view().workloads().stream()
          .filter(workload -> workload.verdict() != null)
          .map(workload -> row(resource, workload, cell("Database", frame.link(resource))))
          .forEach(rows::add);
      more(resource).ifPresent(rows::add);
    }
    return rows.isEmpty() ? List.of() : List.of(table(rows, "Database"));
  }

  /** Returns a table of the workloads of a resource; empty if it has none. */
  List<Element> of(ResourceView resource) {
    var rows = new ArrayList<Element>();
    resource.view().workloads().stream()
        .map(
            workload ->
                row(
                    resource,
                    workload,
                    cell("Ready", text(Objects.toString(workload.ready(), "")))))
        .forEach(rows::add);
    more(resource).ifPresent(rows::add);
    return rows.isEmpty() ? List.of() : List.of(table(rows, "Ready"));
  }

  private Element row(ResourceView resource, WorkloadView workload, Element third) {
    boolean held = workload.verdict() != null;
    return element(
            "tr",
            cell("Workload", text(workload.kind() + " "), element("b", workload.name())),
            cell("Needs", text(workload.needs())),
            third,
            held
                ? cell("Held for", frame.age(workload.since()))
                : cell("Held for", text("released")),
            cell("Why", text(held ? workload.waitsFor(resource.view().name()) : "")))
        .of(held ? "held" : "released");
  }

  private static Optional<Element> more(ResourceView resource) {
    long listed =
        resource.view().workloads().stream().filter(each -> each.verdict() != null).count();
    long more = resource.view().held() - listed;
    return more <= 0
        ? Optional.empty()
        : Optional.of(
            element(
                "tr",
                element("td", "and %d more of %s".formatted(more, resource.fullName()))
                    .set("colspan", "5")));
  }

  private static Element table(List<Element> rows, String third) {
    var head = element("tr");
    for (var name : List.of("Workload", "Needs", third, "Held for", "Why")) {
      head = head.add(element("th", name).set("scope", "col"));
    }
    return element("table", element("thead", head), element("tbody").add(rows)).of("workloads");
  }

  private static Element cell(String name, Html... content) {
    return element("td", content).set("data-name", name);
  }
}
