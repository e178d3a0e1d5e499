package dev.schemaversion.cli.kubectl.view.page;

import static dev.schemaversion.cli.kubectl.view.page.Html.element;
import static dev.schemaversion.cli.kubectl.view.page.Html.text;

import dev.schemaversion.cli.kubectl.view.page.Html.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What is to say of a resource in a line. */
record Summary(Frame frame) {
  /** Returns the proven version, and the wanted one where it is another. */
  static Element versions(ResourceView resource) {
    var view = resource.view();
    var version = view.version() == null ? "no proven version" : "at " + view.version();
    var versions = element("span", element("b", version)).of("versions");
    return view.wanted() == null || view.wanted().equals(view.version())
        ? versions
        : versions.add(text(" wants " + view.wanted()));
  }

  /** Returns reason, since when, and what else holds. */
  Element sentence(ResourceView resource) {
    var facts = new ArrayList<List<Html>>();
    var view = resource.view();
    if (view.ready() != null) {
      facts.add(
          List.of(
              text(view.ready().getReason() + " for "),
              frame.age(view.ready().getLastTransitionTime())));
    }
    facts.add(
        resource
            .provenSince()
            .map(since -> List.of(text("proven for "), frame.age(since)))
            .orElse(List.of(text("not proven"))));
    if (resource.status().target() != null) {
      facts.add(
          List.of(
              text("on the way to " + resource.status().target() + " for "),
              frame.age(resource.status().targetSince())));
    }
    if (view.held() > 0) {
      facts.add(List.of(element("span", view.held() + " held").of("held")));
    }
    if (view.suspended()) {
      facts.add(List.of(text("suspended")));
    }
    return element("p").of("quiet").add(separated(facts));
  }

  /** Joins facts to a line. */
  static List<Html> separated(List<? extends List<? extends Html>> facts) {
    var line = new ArrayList<Html>();
    for (var fact : facts) {
      if (!line.isEmpty()) {
        line.add(text(" · "));
      }
      line.addAll(fact);
    }
    return line;
  }

  /** Returns the facts about a resource, each with its name. */
  Element facts(ResourceView resource) {
    var status = resource.status();
    var facts = element("dl");
    facts = facts.add(fact("Version", text(Objects.toString(status.version(), "not proven"))));
    facts = facts.add(fact("Wanted", text(Objects.toString(resource.view().wanted(), "?"))));
    if (status.target() != null) {
      facts = facts.add(fact("A sync goes to", text(status.target())));
    }
    var since = resource.provenSince();
    facts = facts.add(fact("Proven for", since.<Html>map(frame::age).orElse(text("not proven"))));
    if (status.proof() != null && status.proof().checkedAt() != null) {
      facts = facts.add(fact("Compared", frame.age(status.proof().checkedAt()), text(" ago")));
    }
    if (status.synced() != null && status.synced().at() != null) {
      facts = facts.add(fact("Last sync", frame.age(status.synced().at()), text(" ago")));
    }
    return facts;
  }

  private static Element fact(String name, Html... value) {
    return element("div", element("dt", name), element("dd", value));
  }
}
