package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Outcome.Kind;
import dev.schemaversion.contract.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Whether a step may be tried (again), from what its earlier attempts left behind. */
final class Attempts {
  /** What to do about the next attempt. */
  sealed interface Next {
    /** Go: this is the attempt's number. */
    record Go(int attempt) implements Next {}

    /** Not yet: wait this long, until then. */
    record Wait(Operation last, Duration time, Instant until) implements Next {}

    /** No more: a person has to change something first. */
    record Stop(Operation last) implements Next {}
  }

  private Attempts() {}

  /**
   * What follows for a step with these inputs.
   *
   * @param operations the Jobs recorded
   * @param inputs the eight characters; other inputs start anew
   */
  static Next next(List<Operation> operations, Step step, String inputs, Instant now) {
    var last =
        operations.stream()
            .filter(o -> o.step().equals(step.label()) && o.inputs().equals(inputs))
            .max(Comparator.comparing(Operation::attempt));
    if (last.isEmpty()) {
      return new Next.Go(1);
    }
    var operation = last.get();
    return switch (kind(operation.reason())) {
      case DONE -> new Next.Go(operation.attempt() + 1);
      case REFUSED -> new Next.Stop(operation);
      case RETRY -> {
        var until = Instant.parse(operation.finishedAt()).plus(BackOff.after(operation.attempt()));
        yield until.isAfter(now)
            ? new Next.Wait(operation, Duration.between(now, until), until)
            : new Next.Go(operation.attempt() + 1);
      }
    };
  }

  /** What follows from how an operation ended. */
  static Kind kind(String reason) {
    // So far every script runs in one transaction with its history row, so a runner that died
    // left nothing half done.
    if (reason.equals(Reason.RunnerLost.name())) {
      return Kind.RETRY;
    }
    return Arrays.stream(Outcome.values())
        .filter(outcome -> outcome.reason().equals(reason))
        .map(Outcome::kind)
        .findFirst()
        // A word that a newer release wrote: stop rather than guess.
        .orElse(Kind.REFUSED);
  }
}
