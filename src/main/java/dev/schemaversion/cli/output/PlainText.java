package dev.schemaversion.cli.output;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Plan;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Report;
import java.util.List;

/** The form of a result for people. */
final class PlainText {
  private final StringBuilder text = new StringBuilder();

  private PlainText() {}

  static String of(Result result) {
    var plain = new PlainText();
    plain.message(result);
    plain.list("Migrations", result.files());
    plain.list("Files that are no migrations", result.ignored());
    plain.lines(result.differences());
    plain.list("Does not count", result.notes());
    if (result.report() != null) {
      plain.report(result.report(), result.differences() == null);
    }
    return plain.text.toString();
  }

  private void message(Result result) {
    var problems = result.problems();
    if (problems != null && problems.size() > 1) {
      line(result.outcome().reason() + ":");
      problems.forEach(problem -> line("- " + Wording.of(problem)));
    } else if (result.outcome() == Outcome.SUCCEEDED) {
      line(result.message());
    } else {
      line(result.outcome().reason() + ": " + result.message());
    }
  }

  private void report(Report report, boolean withDifferences) {
    if (report.failure() != null && report.failure().statement() != null) {
      line("");
      line(
          "The statement, at line "
              + report.failure().line()
              + " of "
              + report.failure().file()
              + ":");
      report.failure().statement().lines().forEach(each -> line("  " + each));
    }
    if (withDifferences && report.proof() != null) {
      differences(report.proof());
    }
    if (report.plan() != null) {
      plan(report.plan());
    }
    if (report.locks() != null) {
      list("What programs wait for meanwhile", report.locks().warnings());
      list("Short locks and advice", report.locks().notes());
    }
    list("Rows that may make it fail", report.rowWarnings());
  }

  private void differences(Proof proof) {
    if (proof.first() == null || proof.first().isEmpty()) {
      return;
    }
    lines(proof.first());
    int more = proof.differences() - proof.first().size();
    if (more > 0) {
      line("and " + more + " more, which --verbose shows");
    }
  }

  private void plan(Plan plan) {
    line("");
    line(
        "Plan: from "
            + (plan.from() == null ? "an empty database" : plan.from())
            + " to "
            + plan.to()
            + " with "
            + plan.count()
            + (plan.count() == 1 ? " migration" : " migrations")
            + " and "
            + plan.statements()
            + (plan.statements() == 1 ? " statement" : " statements")
            + "; "
            + plan.appear()
            + " objects appear, "
            + plan.change()
            + " change, "
            + plan.go()
            + " go.");
    list("Migrations", plan.migrations());
    lines(plan.objects());
    list("Destructive statements", plan.destructive());
    list("Exists already and is adopted", plan.adopted());
    line("");
    line("Digest, for schemaversion.dev/approve: " + plan.digest());
  }

  private void list(String title, List<String> items) {
    if (items != null && !items.isEmpty()) {
      line("");
      line(title + ":");
      items.forEach(item -> line("  " + item));
    }
  }

  private void lines(List<String> lines) {
    if (lines != null && !lines.isEmpty()) {
      line("");
      lines.forEach(this::line);
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
