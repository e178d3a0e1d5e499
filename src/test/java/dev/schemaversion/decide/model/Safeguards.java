package dev.schemaversion.decide.model;

import dev.schemaversion.decide.ClusterState;
import dev.schemaversion.decide.Decide;
import dev.schemaversion.decide.Decision;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.function.Function;

/**
 * The safeguards on which the invariants depend. Each can be disabled, to show that it is needed.
 *
 * @param decide the decision function
 * @param lock the run lock admits only one runner to a database
 * @param names the API server rejects a second Job with the same name
 * @param precondition the API server rejects a status that was decided from a stale resource
 * @param rechecksPod the operator reads the pod again before it deletes a pending Job
 * @param rechecksJobs the operator lists the Jobs again before it removes the finalizer
 * @param fence the operator creates a Job soon after the decision or not at all, so before another
 *     operator becomes the leader
 * @param listsJobs the operator lists the Jobs again before it creates one
 * @param remembersRequests the operator overlooks the record of a sync only if it has sent no
 *     request for its Job
 * @param marks with implicit commits, the runner marks a script in the history before the script
 *     starts, and the next runner reads the mark
 */
@RecordBuilder
record Safeguards(
    Function<ClusterState, Decision> decide,
    boolean lock,
    boolean names,
    boolean precondition,
    boolean rechecksPod,
    boolean rechecksJobs,
    boolean fence,
    boolean listsJobs,
    boolean remembersRequests,
    boolean marks)
    implements SafeguardsBuilder.With {
  static final Safeguards ALL =
      new Safeguards(Decide::next, true, true, true, true, true, true, true, true, true);

  Safeguards withDecision(Function<ClusterState, Decision> other) {
    return withDecide(other);
  }

  Safeguards withoutLock() {
    return withLock(false);
  }

  Safeguards withoutNames() {
    return withNames(false);
  }

  Safeguards withoutPrecondition() {
    return withPrecondition(false);
  }

  Safeguards withoutPodRecheck() {
    return withRechecksPod(false);
  }

  Safeguards withoutJobRecheck() {
    return withRechecksJobs(false);
  }

  Safeguards withoutFence() {
    return withFence(false);
  }

  Safeguards withoutJobList() {
    return withListsJobs(false);
  }

  Safeguards withoutRememberedRequests() {
    return withRemembersRequests(false);
  }

  Safeguards withoutMarks() {
    return withMarks(false);
  }
}
