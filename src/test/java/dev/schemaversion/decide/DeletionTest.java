package dev.schemaversion.decide;

import static dev.schemaversion.decide.DecisionCase.row;
import static dev.schemaversion.decide.RunnerReports.foundEmpty;
import static dev.schemaversion.decide.SimulatedClusters.applied;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The decisions for a resource that is being deleted. */
class DeletionTest {
  static Stream<DecisionCase> whileItIsBeingDeleted() {
    var baseline = applied().settle();
    return Stream.of(
        row(
            "deleted while the Job runs: wait",
            baseline.starts().deleted(),
            "False DeletionWaits Reconciling"),
        row(
            "deleted while the Job is pending: the Job is deleted",
            baseline.deleted(),
            "False DeletionWaits Reconciling",
            "delete pending baseline 1"),
        row(
            "deleted and suspended while the Job is pending: the Job is deleted",
            baseline.patch("spec: {suspend: true}").deleted(),
            "False DeletionWaits Reconciling",
            "delete pending baseline 1"),
        row(
            "deleted and the pending Job is gone: the finalizer is removed",
            baseline.deleted().without(baseline.activeJob()),
            "False DeletionWaits Reconciling",
            "remove finalizer"),
        row(
            "deleted and the Job has ended: the result is recorded, and the finalizer removed",
            baseline.starts().deleted().settle().ends(foundEmpty()),
            "False DeletionWaits Reconciling",
            "event Succeeded",
            "adopt baseline 1",
            "remove finalizer"),
        row(
            "deleted before the first Job: no Job starts",
            applied().deleted(),
            "False DeletionWaits Reconciling"),
        row(
            "deleted and its ConfigMap as well, while the Job runs: wait",
            baseline.starts().lacking("glance-migrations").deleted(),
            "False DeletionWaits Reconciling"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whileItIsBeingDeleted")
  void theDecisionIsTheExpectedOne(DecisionCase row) {
    row.hasTheExpectedDecision();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whileItIsBeingDeleted")
  void theNextPassDecidesNothingNew(DecisionCase row) {
    row.settles();
  }
}
