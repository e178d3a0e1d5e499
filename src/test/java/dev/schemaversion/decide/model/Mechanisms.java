package dev.schemaversion.decide.model;

import dev.schemaversion.decide.ClusterState;
import dev.schemaversion.decide.Decide;
import dev.schemaversion.decide.Decision;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.function.Function;

/**
 * What all rests on. Each can be taken away, to see that it is missed.
 *
 * @param decide what is decided from what is seen
 * @param lock a second runner does not get to work on a database
 * @param names a second Job of the same name is refused
 * @param precondition a status is refused that was decided from an older resource
 * @param asksAgain whether a Job has started is asked anew before it is taken back
 * @param keeps whether it is asked anew that no Job is there before the resource is let go
 * @param fence a Job is made soon after it was decided about, or not at all: before another
 *     operator leads
 * @param alone whether it is asked anew that no other Job is there before one is made
 * @param marks where a script is not taken back, the history says before it begins that it has not
 *     ended, and the next runner reads that
 */
@RecordBuilder
record Mechanisms(
    Function<ClusterState, Decision> decide,
    boolean lock,
    boolean names,
    boolean precondition,
    boolean asksAgain,
    boolean keeps,
    boolean fence,
    boolean alone,
    boolean marks)
    implements MechanismsBuilder.With {
  static final Mechanisms REAL =
      new Mechanisms(Decide::next, true, true, true, true, true, true, true, true);

  Mechanisms deciding(Function<ClusterState, Decision> other) {
    return withDecide(other);
  }

  Mechanisms withoutLock() {
    return withLock(false);
  }

  Mechanisms withoutNames() {
    return withNames(false);
  }

  Mechanisms withoutPrecondition() {
    return withPrecondition(false);
  }

  Mechanisms withoutAskingAgain() {
    return withAsksAgain(false);
  }

  Mechanisms withoutKeeping() {
    return withKeeps(false);
  }

  Mechanisms withoutFence() {
    return withFence(false);
  }

  Mechanisms withoutAskingForOthers() {
    return withAlone(false);
  }

  Mechanisms withoutMarks() {
    return withMarks(false);
  }
}
