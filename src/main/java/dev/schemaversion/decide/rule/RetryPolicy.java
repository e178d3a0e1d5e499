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

/** Decides whether a step may be attempted again, from the results of its earlier attempts. */
public final class RetryPolicy {
  /** With more digits the name of a Job could exceed 63 characters. */
  private static final int MAX_ATTEMPT = 9999;

  /** The decision on the next attempt. */
  sealed interface Next {
    /** Start the attempt with this number. */
    record Go(int attempt) implements Next {}

    /** Wait for this long, until this time, before the attempt with this number. */
    record Wait(Operation last, int attempt, Duration time, Instant until) implements Next {}

    /** Do not retry before a person changes something. */
    record Stop(Operation last) implements Next {}

    /** Returns the decision for a step with its current inputs. */
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
   * Returns the decision for a step with these inputs.
   *
   * @param operations the recorded Jobs, the latest one last
   * @param jobs the existing Jobs, recorded or not
   * @param inputs {@link dev.schemaversion.desired.JobInputs#id}; with new inputs the count starts
   *     again
   */
  static Next next(
      List<Operation> operations, List<ObservedJob> jobs, Step step, String inputs, Instant now) {
    var last = last(operations, step, inputs);
    if (last.isEmpty()) {
      return new Next.Go(nextFree(0, jobs, step, inputs));
    }
    var operation = last.get();
    int attempt = nextFree(operation.attempt(), jobs, step, inputs);
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
   * Returns an immediate attempt although the last one was refused or requires a wait, because the
   * cause of its failure is gone.
   */
  static Next.Go retryNow(
      List<Operation> operations, List<ObservedJob> jobs, Step step, String inputs) {
    int attempt = last(operations, step, inputs).map(Operation::attempt).orElse(0);
    return new Next.Go(nextFree(attempt, jobs, step, inputs));
  }

  /** Returns the last recorded Job of a step with these inputs. */
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
    // The report contains the right version, so the second attempt needs no wait.
    return last.reason().equals(mismatch) && first ? Duration.ZERO : BackOff.after(last.attempt());
  }

  /**
   * Returns the next number without an existing Job. The operator would mistake an existing Job for
   * the new one: a Job that has left the history, or a Job of a deleted resource with the same
   * name.
   */
  private static int nextFree(int attempt, List<ObservedJob> jobs, Step step, String inputs) {
    var taken =
        jobs.stream()
            .filter(job -> job.step() == step && job.inputs().equals(inputs))
            .map(ObservedJob::attempt)
            .collect(Collectors.toSet());
    return IntStream.iterate(attempt % MAX_ATTEMPT + 1, number -> number % MAX_ATTEMPT + 1)
        .filter(number -> !taken.contains(number))
        .findFirst()
        .orElseThrow();
  }

  /** Returns the consequence of a reason with which an operation ended. */
  public static Kind kind(String reason) {
    // The request of the next run says so, and the run proves the schema first.
    if (reason.equals(Reason.RunnerLost.name())) {
      return Kind.RETRY;
    }
    return Arrays.stream(Outcome.values())
        .filter(outcome -> outcome.reason().equals(reason))
        .map(Outcome::kind)
        .findFirst()
        // A newer release may have written a reason that is unknown here.
        .orElse(Kind.REFUSED);
  }
}
