package dev.schemaversion.decide.rule;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Outcome.Kind;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.ReconcileContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Whether a step may be tried (again), from what its earlier attempts left behind. */
public final class RetryPolicy {
  /** With more digits the name of a Job could have more than the 63 characters it may have. */
  private static final int HIGHEST = 9999;

  /** What to do about the next attempt. */
  sealed interface Next {
    /** Go: this is the attempt's number. */
    record Go(int attempt) implements Next {}

    /** Not yet: wait this long, until then; this is the next attempt's number. */
    record Wait(Operation last, int attempt, Duration time, Instant until) implements Next {}

    /** No more: a person has to change something first. */
    record Stop(Operation last) implements Next {}

    /** What follows for a step with the inputs it has now. */
    static Next of(ReconcileContext context, Step step) {
      return next(
          context.recordedState().history(),
          context.cluster().jobs(),
          step,
          context.inputs(step).id(),
          context.cluster().now());
    }
  }

  private RetryPolicy() {}

  /**
   * What follows for a step with these inputs.
   *
   * @param operations the Jobs recorded, the newest last
   * @param jobs the Jobs that are there, recorded or not
   * @param inputs the eight characters; other inputs start anew
   */
  static Next next(
      List<Operation> operations, List<ObservedJob> jobs, Step step, String inputs, Instant now) {
    var last = last(operations, step, inputs);
    if (last.isEmpty()) {
      return new Next.Go(following(0, jobs, step, inputs));
    }
    var operation = last.get();
    int attempt = following(operation.attempt(), jobs, step, inputs);
    return switch (kind(operation.reason())) {
      case DONE -> new Next.Go(attempt);
      case REFUSED -> new Next.Stop(operation);
      case RETRY -> {
        var until = Instant.parse(operation.finishedAt()).plus(wait(operations, operation));
        yield until.isAfter(now)
            ? new Next.Wait(operation, attempt, Duration.between(now, until), until)
            : new Next.Go(attempt);
      }
    };
  }

  /**
   * The attempt after all, though the last one would have to wait or was refused: what it failed
   * from has gone.
   */
  static Next.Go again(
      List<Operation> operations, List<ObservedJob> jobs, Step step, String inputs) {
    int attempt = last(operations, step, inputs).map(Operation::attempt).orElse(0);
    return new Next.Go(following(attempt, jobs, step, inputs));
  }

  /** The last Job of a step with these inputs. */
  static Optional<Operation> last(List<Operation> operations, Step step, String inputs) {
    return operations.stream()
        .filter(o -> o.step().equals(step.label()) && o.inputs().equals(inputs))
        .reduce((older, newer) -> newer);
  }

  private static Duration wait(List<Operation> operations, Operation last) {
    var mismatch = Outcome.SCRATCH_MAJOR_MISMATCH.reason();
    boolean first =
        operations.stream()
                .filter(o -> o.step().equals(last.step()) && o.inputs().equals(last.inputs()))
                .filter(o -> o.reason().equals(mismatch))
                .count()
            == 1;
    // The report has told the right version: there is nothing to wait for.
    return last.reason().equals(mismatch) && first ? Duration.ZERO : BackOff.after(last.attempt());
  }

  /**
   * The next number whose Job is not there: one that was recorded so long ago that the status has
   * forgotten it, or for a resource of the same name before this one, would be taken for the new
   * one.
   */
  private static int following(int attempt, List<ObservedJob> jobs, Step step, String inputs) {
    var taken =
        jobs.stream()
            .filter(job -> job.step() == step && job.inputs().equals(inputs))
            .map(ObservedJob::attempt)
            .collect(Collectors.toSet());
    return IntStream.iterate(attempt % HIGHEST + 1, number -> number % HIGHEST + 1)
        .filter(number -> !taken.contains(number))
        .findFirst()
        .orElseThrow();
  }

  /** What follows from how an operation ended. */
  public static Kind kind(String reason) {
    // The next run is told so, and proves what is there before it goes on.
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
