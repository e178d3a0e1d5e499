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

/** Decides how many ended Jobs are kept, so that their logs can be read. */
public final class JobRetention {
  private JobRetention() {}

  /** Returns the deletion of ended Jobs beyond those to keep, if they are recorded and adopted. */
  public static List<Action> toDelete(ReconcileContext context, List<ObservedJob> ended) {
    var history = JobSpec.historyOf(context.spec().job());
    int successful = Objects.requireNonNullElse(history.successful(), 1);
    int failed = Objects.requireNonNullElse(history.failed(), 3);
    var deletions = new ArrayList<Action>();
    var verifications = ended.stream().filter(job -> job.step() == Step.VERIFY).toList();
    var others = ended.stream().filter(job -> job.step() != Step.VERIFY).toList();
    deletions.addAll(beyond(succeeded(others, true), successful));
    deletions.addAll(beyond(succeeded(others, false), failed));
    // Frequent verifications must not displace the Jobs that have changed something.
    deletions.addAll(beyond(succeeded(verifications, true), Math.min(1, successful)));
    deletions.addAll(beyond(succeeded(verifications, false), Math.min(1, failed)));
    return deletions;
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
