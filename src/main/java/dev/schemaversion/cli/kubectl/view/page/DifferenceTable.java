package dev.schemaversion.cli.kubectl.view.page;

import static dev.schemaversion.cli.kubectl.view.page.Html.element;
import static dev.schemaversion.cli.kubectl.view.page.Html.text;

import dev.schemaversion.api.v1alpha1.ProofStatus;
import dev.schemaversion.cli.kubectl.view.DiffText;
import dev.schemaversion.cli.kubectl.view.page.Html.Element;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The difference of a schema, with what the migrations build beside what the database has. */
final class DifferenceTable {
  private DifferenceTable() {}

  /** Returns the parts of the page about a comparison. */
  static List<Html> of(ProofStatus proof, List<String> differences) {
    var parts = new ArrayList<Html>();
    int count = Objects.requireNonNullElse(proof.differences(), 0);
    parts.add(
        element(
            "p",
            proof.verdict()
                + (proof.reason() == null ? "" : " (" + proof.reason() + ")")
                + (count == 0
                    ? "."
                    : ": %d objects differ from version %s.".formatted(count, proof.version()))));
    if (!differences.isEmpty()) {
      parts.add(table(proof, differences));
    }
    if (differences.size() < count) {
      parts.add(
          element(
              "p",
              "… and %d more, which only the log of the Job had."
                  .formatted(count - differences.size())));
    }
    DiffText.conclusions(proof).forEach(line -> parts.add(element("p", line).of("quiet")));
    return parts;
  }

  private static Element table(ProofStatus proof, List<String> differences) {
    var head =
        element(
            "tr",
            element("th", "Object").set("scope", "col"),
            element(
                    "th",
                    "The migrations build"
                        + (proof.version() == null ? "" : " (version " + proof.version() + ")"))
                .set("scope", "col"),
            element("th", "The database has").set("scope", "col"));
    return element(
            "table",
            element("thead", head),
            element("tbody")
                .add(differences.stream().map(SideBySide::of).map(DifferenceTable::row).toList()))
        .of("difference");
  }

  private static Element row(SideBySide difference) {
    return element(
        "tr",
        element("th").set("scope", "row").add(breakable(difference.object())),
        side("Migrations", difference.expected(), difference.found()).of("expected"),
        side("Database", difference.found(), difference.expected()).of("found"));
  }

  /** A long name may break after a dot or an underscore. */
  private static List<Html> breakable(String name) {
    return Arrays.stream(name.split("(?<=[._])", -1))
        .flatMap(part -> Stream.of(text(part), element("wbr")))
        .toList();
  }

  private static Element side(String name, String text, String other) {
    var cell = element("td").set("data-name", name);
    if (text == null) {
      return cell.add(element("span", "no such object").of("quiet"));
    }
    if (other == null) {
      return cell.add(element("mark", text));
    }
    var parts = SideBySide.compare(text, other);
    return parts.other().isEmpty()
        ? cell.add(text(text))
        : cell.add(text(parts.before()), element("mark", parts.other()), text(parts.after()));
  }
}
