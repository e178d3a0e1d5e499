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
 */
record Mechanisms(
    Function<Observed, Decision> decide,
    boolean lock,
    boolean names,
    boolean precondition,
    boolean asksAgain,
    boolean keeps) {
  static final Mechanisms REAL = new Mechanisms(Decide::next, true, true, true, true, true);

  Mechanisms deciding(Function<Observed, Decision> other) {
    return new Mechanisms(other, lock, names, precondition, asksAgain, keeps);
  }

  Mechanisms withoutLock() {
    return new Mechanisms(decide, false, names, precondition, asksAgain, keeps);
  }

  Mechanisms withoutNames() {
    return new Mechanisms(decide, lock, false, precondition, asksAgain, keeps);
  }

  Mechanisms withoutPrecondition() {
    return new Mechanisms(decide, lock, names, false, asksAgain, keeps);
  }

  Mechanisms withoutAskingAgain() {
    return new Mechanisms(decide, lock, names, precondition, false, keeps);
  }

  Mechanisms withoutKeeping() {
    return new Mechanisms(decide, lock, names, precondition, asksAgain, false);
  }
}
