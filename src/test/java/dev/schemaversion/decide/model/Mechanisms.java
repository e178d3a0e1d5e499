package dev.schemaversion.decide.model;

import dev.schemaversion.decide.Decide;
import dev.schemaversion.decide.Decision;
import dev.schemaversion.decide.Observed;
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
record Mechanisms(
    Function<Observed, Decision> decide,
    boolean lock,
    boolean names,
    boolean precondition,
    boolean asksAgain,
    boolean keeps,
    boolean fence,
    boolean alone,
    boolean marks) {
  static final Mechanisms REAL =
      new Mechanisms(Decide::next, true, true, true, true, true, true, true, true);

  Mechanisms deciding(Function<Observed, Decision> other) {
    return new Mechanisms(other, lock, names, precondition, asksAgain, keeps, fence, alone, marks);
  }

  Mechanisms withoutLock() {
    return new Mechanisms(
        decide, false, names, precondition, asksAgain, keeps, fence, alone, marks);
  }

  Mechanisms withoutNames() {
    return new Mechanisms(decide, lock, false, precondition, asksAgain, keeps, fence, alone, marks);
  }

  Mechanisms withoutPrecondition() {
    return new Mechanisms(decide, lock, names, false, asksAgain, keeps, fence, alone, marks);
  }

  Mechanisms withoutAskingAgain() {
    return new Mechanisms(decide, lock, names, precondition, false, keeps, fence, alone, marks);
  }

  Mechanisms withoutKeeping() {
    return new Mechanisms(decide, lock, names, precondition, asksAgain, false, fence, alone, marks);
  }

  Mechanisms withoutFence() {
    return new Mechanisms(decide, lock, names, precondition, asksAgain, keeps, false, alone, marks);
  }

  Mechanisms withoutAskingForOthers() {
    return new Mechanisms(decide, lock, names, precondition, asksAgain, keeps, fence, false, marks);
  }

  Mechanisms withoutMarks() {
    return new Mechanisms(decide, lock, names, precondition, asksAgain, keeps, fence, alone, false);
  }
}
