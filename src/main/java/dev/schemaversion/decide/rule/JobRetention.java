package dev.schemaversion.decide.rule;

import dev.schemaversion.api.v1alpha1.JobSpec;
import dev.schemaversion.contract.Outcome.Kind;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.ReconcileContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Which ended Jobs are left for a person to read their logs. */
public final class JobRetention {
  private JobRetention() {}

  /** Ended Jobs beyond those to keep, of which each has been recorded and adopted before. */
  public static List<Action> outdated(ReconcileContext context, List<ObservedJob> ended) {
    var history = JobSpec.historyOf(context.spec().job());
    int successful = Objects.requireNonNullElse(history.successful(), 1);
    int failed = Objects.requireNonNullElse(history.failed(), 3);
    var outdated = new ArrayList<Action>();
    var looks = ended.stream().filter(job -> job.step() == Step.VERIFY).toList();
    var others = ended.stream().filter(job -> job.step() != Step.VERIFY).toList();
    outdated.addAll(beyond(succeeded(others, true), successful));
    outdated.addAll(beyond(succeeded(others, false), failed));
    // Looks at the schema are many and alike: they do not push out the Jobs that did something.
    outdated.addAll(beyond(succeeded(looks, true), Math.min(1, successful)));
    outdated.addAll(beyond(succeeded(looks, false), Math.min(1, failed)));
    return outdated;
  }

  private static List<ObservedJob> succeeded(List<ObservedJob> jobs, boolean succeeded) {
    return jobs.stream().filter(job -> succeeded(job) == succeeded).toList();
  }

  private static List<Action> beyond(List<ObservedJob> oldestFirst, int kept) {
    return oldestFirst.stream()
        .limit(Math.max(0, oldestFirst.size() - kept))
        .filter(ObservedJob::owned)
        .<Action>map(job -> new Action.DeleteEndedJob(job.name(), job.uid()))
        .toList();
  }

  private static boolean succeeded(ObservedJob job) {
    return job.report() != null && job.report().outcome().kind() == Kind.DONE;
  }
}
