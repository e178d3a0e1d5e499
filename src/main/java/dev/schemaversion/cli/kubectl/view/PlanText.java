package dev.schemaversion.cli.kubectl.view;

import dev.schemaversion.api.v1alpha1.PlanStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Prints a plan: what the next sync runs, and what that does to the schema and to programs. */
public final class PlanText {
  private PlanText() {}

  /** Returns the lines about a plan. */
  public static List<String> lines(PlanStatus plan, Instant now) {
    var lines = new ArrayList<String>();
    lines.add(
        "Plan from %s to %s, recorded %s ago"
            .formatted(
                plan.from() == null ? "an empty database" : plan.from(),
                plan.to(),
                Age.since(plan.at(), now)));
    lines.add("Digest " + plan.digest());
    section(
        lines,
        count(plan.count(), "migration") + " with " + count(plan.statements(), "statement"),
        plan.migrations());
    section(
        lines,
        "Schema objects: %d created, %d changed, %d removed"
            .formatted(number(plan.appear()), number(plan.change()), number(plan.go())),
        plan.objects());
    optional(lines, "DESTRUCTIVE statements, which drop or empty something", plan.destructive());
    optional(lines, "Programs may wait meanwhile", plan.locks());
    optional(lines, "Rows that may make it fail", plan.rowWarnings());
    optional(lines, "Objects created by hand that the migrations adopt", plan.adopted());
    optional(lines, "Notes", plan.notes());
    return lines;
  }

  /** Returns a number and what it counts, such as {@code 1 migration}. */
  static String count(Integer number, String what) {
    return number(number) + " " + what + (number(number) == 1 ? "" : "s");
  }

  private static int number(Integer count) {
    return Objects.requireNonNullElse(count, 0);
  }

  private static void optional(List<String> lines, String head, List<String> items) {
    if (items != null) {
      section(lines, head, items);
    }
  }

  private static void section(List<String> lines, String head, List<String> items) {
    lines.add(head + (items == null || items.isEmpty() ? "" : ":"));
    Objects.requireNonNullElse(items, List.<String>of())
        .forEach(item -> item.lines().forEach(line -> lines.add("  " + line)));
  }
}
