package dev.schemaversion.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.decide.rule.RetryPolicy;
import dev.schemaversion.decide.rule.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The closed lists of reasons of operator and runner, which share the conditions. */
class ReasonsTest {
  /** What Kubernetes admits as a condition's reason. */
  private static final String REASON = "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$";

  @Test
  void noReasonHasTwoMeanings() {
    var both = new TreeSet<String>();
    Arrays.stream(Outcome.values()).map(Outcome::reason).forEach(both::add);
    both.retainAll(Arrays.stream(Reason.values()).map(Reason::name).collect(Collectors.toSet()));

    // Known beforehand by the operator, or found by the runner: the same thing.
    assertThat(both).containsExactly(Reason.DowngradeRefused.name());
  }

  @Test
  void noTwoOutcomesShareAReasonOrAnExitCode() {
    assertThat(Outcome.values()).extracting(Outcome::reason).doesNotHaveDuplicates();
    assertThat(Outcome.values()).extracting(Outcome::exitCode).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void everyReasonOfAnOutcomeIsAValidConditionReason(Outcome outcome) {
    assertThat(outcome.reason()).matches(REASON);
  }

  @ParameterizedTest
  @EnumSource
  void everyReasonInAStatusHasTheKindOfItsOutcome(Outcome outcome) {
    assertThat(RetryPolicy.kind(outcome.reason())).isEqualTo(outcome.kind());
  }

  @Test
  void anUnknownReasonIsARefusal() {
    assertThat(RetryPolicy.kind("OfTheFuture")).isEqualTo(Outcome.Kind.REFUSED);
  }

  @Test
  void theDocumentationSaysWhatToDoAboutEveryReason() throws IOException {
    assertThat(Files.readString(Path.of("docs", "when-it-refuses.md")))
        .contains(
            Arrays.stream(Outcome.values())
                .filter(o -> o != Outcome.SUCCEEDED)
                .map(outcome -> "`" + outcome.reason() + "`")
                .toList())
        .contains(Arrays.stream(Reason.values()).map(reason -> "`" + reason + "`").toList());
  }

  @Test
  void theDocumentationListsTheRulesInTheirOrder() throws IOException {
    assertThat(Files.readString(Path.of("docs", "architecture.md")))
        .containsSubsequence(
            Arrays.stream(Rule.values())
                .map(rule -> "| `" + camelCase(rule.name()) + "` |")
                .toList());
  }

  private static String camelCase(String constant) {
    var words = constant.toLowerCase(Locale.ROOT).split("_", -1);
    return words[0]
        + Arrays.stream(words)
            .skip(1)
            .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
            .collect(Collectors.joining());
  }
}
