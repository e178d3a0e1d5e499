package dev.schemaversion.decide;

import static dev.schemaversion.decide.DecisionCase.row;
import static dev.schemaversion.decide.SimulatedClusters.applied;
import static dev.schemaversion.decide.SimulatedClusters.foundEmpty;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A resource that is being deleted. */
class DeletionTest {
  static Stream<DecisionCase> whileItIsBeingDeleted() {
    var baseline = applied().settle();
    return Stream.of(
        row(
            "deleted while the Job runs: waited for",
            baseline.starts().deleted(),
            "False DeletionWaits Reconciling"),
        row(
            "deleted while the Job has not started: taken back",
            baseline.deleted(),
            "False DeletionWaits Reconciling",
            "take back baseline 1"),
        row(
            "deleted and suspended while the Job has not started: taken back",
            baseline.patch("spec: {suspend: true}").deleted(),
            "False DeletionWaits Reconciling",
            "take back baseline 1"),
        row(
            "deleted and the Job taken back is gone: let go",
            baseline.deleted().without(baseline.activeJob()),
            "False DeletionWaits Reconciling",
            "let go"),
        row(
            "deleted and the Job has ended: recorded, then let go",
            baseline.starts().deleted().settle().ends(foundEmpty()),
            "False DeletionWaits Reconciling",
            "tell Succeeded",
            "adopt baseline 1",
            "let go"),
        row(
            "deleted before anything started: nothing starts",
            applied().deleted(),
            "False DeletionWaits Reconciling"),
        row(
            "deleted and its ConfigMap as well, while the Job runs: waited for",
            baseline.starts().lacking("glance-migrations").deleted(),
            "False DeletionWaits Reconciling"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whileItIsBeingDeleted")
  void decides(DecisionCase row) {
    row.isDecided();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whileItIsBeingDeleted")
  void onceCarriedOutThereIsNothingMoreToDecide(DecisionCase row) {
    row.comesToRest();
  }
}
