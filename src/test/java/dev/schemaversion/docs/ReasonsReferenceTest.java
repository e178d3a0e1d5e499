package dev.schemaversion.docs;

import static java.util.stream.Collectors.joining;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Outcome;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/reference/reasons.md is made from the Javadoc of Reason and Outcome. */
class ReasonsReferenceTest {
  private static final Path PAGE = Path.of("docs", "reference", "reasons.md");

  /** A comment and the constant that it is about. */
  private static final Pattern CONSTANT =
      Pattern.compile("(?s)/\\*\\*((?:(?!\\*/).)*)\\*/\\s+([A-Z]\\w+)(?=[(,\\s}])");

  private static final Pattern TAG = Pattern.compile("\\{@\\w+ ([^}]*)}");

  @Test
  void theReferenceOfReasonsIsCurrent() {
    var reasons = javadoc(Reason.class);
    var outcomes = javadoc(Outcome.class);

    Pages.requireCurrent(
        PAGE,
        """
        # Reasons and exit codes

        <!-- Generated from the Javadoc of Reason and Outcome by `make reference`; do not edit. -->
        The list is closed: conditions, Events and `status.history` have no other reason. [When it refuses](../when-it-refuses.md) says what to do about each.

        ## Of the operator

        | reason | meaning |
        |---|---|
        %s

        ## Of a Job's run

        The runner's exit code is the outcome; its reason is what you read in conditions and Events.
        *Retried* outcomes are tried again with exponential back-off (5 s to 5 min); the resource is `Reconciling`. *Refused* ones make it `Stalled` until the spec, the migrations or the annotation `schemaversion.dev/retry` change.

        | exit code | reason | follows | meaning |
        |---|---|---|---|
        %s
        """
            .formatted(
                Arrays.stream(Reason.values())
                    .map(reason -> "| `%s` | %s |".formatted(reason, reasons.get(reason.name())))
                    .collect(joining("\n")),
                Arrays.stream(Outcome.values())
                    .map(outcome -> row(outcome, outcomes.get(outcome.name())))
                    .collect(joining("\n"))));
  }

  private static String row(Outcome outcome, String meaning) {
    var follows =
        switch (outcome.kind()) {
          case DONE -> "done";
          case RETRY -> "retried";
          case REFUSED -> "refused";
        };
    return "| %d | `%s` | %s | %s |"
        .formatted(outcome.exitCode(), outcome.reason(), follows, meaning);
  }

  private static Map<String, String> javadoc(Class<? extends Enum<?>> type) {
    var source = Path.of("src", "main", "java").resolve(type.getName().replace('.', '/') + ".java");
    return CONSTANT
        .matcher(Pages.read(source))
        .results()
        .collect(
            Collectors.toMap(
                found -> found.group(2), found -> text(found.group(1)), (first, later) -> first));
  }

  private static String text(String comment) {
    var plain = comment.replaceAll("\\s*\n\\s*\\* ?", " ").strip();
    return TAG.matcher(plain).replaceAll("`$1`").replace("|", "\\|");
  }
}
