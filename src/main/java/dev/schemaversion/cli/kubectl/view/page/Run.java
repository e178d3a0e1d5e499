package dev.schemaversion.cli.kubectl.view.page;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.ProgressStatus;
import dev.schemaversion.cli.kubectl.view.Age;
import dev.schemaversion.cli.kubectl.view.JobView;
import dev.schemaversion.cli.kubectl.view.StatusView;
import dev.schemaversion.contract.Outcome;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A Job that runs, or that has ended.
 *
 * @param job its name
 * @param step the step, such as {@code sync}
 * @param attempt the number of the attempt
 * @param state how it goes
 * @param result {@code Running}, {@code Pending} or the result as a reason
 * @param details version, migrations and what it waits for, as words
 * @param message what it says about its end; null if it succeeded or has not ended
 * @param at when it ended, or began if it has not ended; null if that is not known
 * @param took how long it took, or takes until now; null if that is not known
 */
record Run(
    String job,
    String step,
    String attempt,
    State state,
    String result,
    List<String> details,
    String message,
    String at,
    Duration took) {

  /** How a run goes; the name is that of its style. */
  enum State {
    ACTIVE,
    SUCCEEDED,
    RETRIED,
    FAILED
  }

  /** Returns the runs of Jobs that exist, and of those that are recorded only. */
  static List<Run> of(List<JobView> jobs, SchemaVersionStatus status, Instant now) {
    var runs = new ArrayList<Run>();
    jobs.stream()
        .filter(JobView::active)
        .map(job -> active(job, status.progress(), now))
        .forEach(runs::add);
    var history = StatusView.history(status);
    var ended = new ArrayList<Run>();
    history.forEach(end -> ended.add(recorded(end)));
    jobs.stream()
        .filter(job -> !job.active())
        .filter(job -> history.stream().noneMatch(end -> job.name().equals(end.job())))
        .map(Run::unrecorded)
        .forEach(ended::add);
    ended.sort(Comparator.comparing((Run run) -> Objects.toString(run.at(), "")).reversed());
    runs.addAll(ended);
    return runs;
  }

  private static Run active(JobView job, ProgressStatus progress, Instant now) {
    var details = new ArrayList<String>();
    if (job.waiting() != null) {
      details.add(job.waiting());
    }
    if (progress != null && job.name().equals(progress.job())) {
      details.addAll(words(progress, now));
    }
    var since = job.startedAt() == null ? job.createdAt() : job.startedAt();
    return new Run(
        job.name(),
        Objects.toString(job.step(), "?"),
        job.attempt(),
        State.ACTIVE,
        job.state(),
        details,
        null,
        since,
        between(since, now.toString()));
  }

  private static List<String> words(ProgressStatus progress, Instant now) {
    var words = new ArrayList<String>();
    words.add(
        "%s for %s"
            .formatted(
                Objects.toString(progress.activity(), "?"), Age.since(progress.since(), now)));
    if (progress.script() != null && progress.scripts() != null) {
      words.add("script %d of %d".formatted(progress.script(), progress.scripts()));
    }
    if (progress.waitingFor() != null) {
      words.add("waits for " + progress.waitingFor());
    }
    return words;
  }

  private static Run recorded(Operation end) {
    var details = new ArrayList<String>();
    if (end.version() != null) {
      details.add("at " + end.version());
    }
    if (end.migrations() != null && end.migrations() > 0) {
      details.add(end.migrations() + (end.migrations() == 1 ? " migration" : " migrations"));
    }
    var state = state(end.reason());
    return new Run(
        Objects.toString(end.job(), "?"),
        Objects.toString(end.step(), "?"),
        Objects.toString(end.attempt(), null),
        state,
        Objects.toString(end.reason(), "?"),
        details,
        state == State.SUCCEEDED ? null : end.message(),
        end.finishedAt(),
        end.seconds() == null ? null : Duration.ofMillis(Math.round(end.seconds() * 1000)));
  }

  private static Run unrecorded(JobView job) {
    return new Run(
        job.name(),
        Objects.toString(job.step(), "?"),
        job.attempt(),
        state(job.state()),
        job.state(),
        List.of(),
        null,
        job.finishedAt(),
        between(job.startedAt(), job.finishedAt()));
  }

  private static State state(String reason) {
    return Arrays.stream(Outcome.values())
        .filter(outcome -> outcome.reason().equals(reason))
        .findFirst()
        .map(
            outcome ->
                switch (outcome.kind()) {
                  case DONE -> State.SUCCEEDED;
                  case RETRY -> State.RETRIED;
                  case REFUSED -> State.FAILED;
                })
        .orElse(State.FAILED);
  }

  private static Duration between(String begin, String end) {
    try {
      return begin == null || end == null
          ? null
          : Duration.between(Instant.parse(begin), Instant.parse(end));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
