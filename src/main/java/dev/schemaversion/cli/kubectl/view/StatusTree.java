package dev.schemaversion.cli.kubectl.view;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Prints a {@link StatusView} as a tree. */
public final class StatusTree {
  private final StatusView view;
  private final Instant now;

  private StatusTree(StatusView view, Instant now) {
    this.view = view;
    this.now = now;
  }

  /** Returns the lines of a tree. */
  public static List<String> lines(StatusView view, Instant now) {
    return new StatusTree(view, now).tree().lines();
  }

  private Tree tree() {
    var children = new ArrayList<Tree>();
    children.add(ready());
    if (view.plan() != null) {
      children.add(plan(view.plan()));
    }
    if (!view.jobs().isEmpty()) {
      children.add(new Tree("Jobs", Table.rows(view.jobs().stream().map(this::job).toList())));
    }
    if (!view.workloads().isEmpty() || view.held() > 0) {
      children.add(workloads());
    }
    if (!view.warnings().isEmpty()) {
      children.add(
          new Tree(
              "Warnings",
              view.warnings().stream()
                  .map(
                      event ->
                          Tree.leaf(
                              "%s ago %s: %s"
                                  .formatted(
                                      Age.since(event.at(), now), event.reason(), event.message())))
                  .toList()));
    }
    view.notes().forEach(note -> children.add(Tree.leaf(note)));
    return new Tree(head(), children);
  }

  private String head() {
    return "%s/%s: %s, wants %s%s"
        .formatted(
            view.namespace(),
            view.name(),
            view.version() == null ? "no proven version" : "at " + view.version(),
            view.wanted() == null ? "?" : view.wanted(),
            view.suspended() ? " (suspended)" : "");
  }

  private Tree ready() {
    var state = view.state();
    if (state == State.UNREADABLE || state == State.NEW) {
      return Tree.leaf(state.text() + ": " + view.message());
    }
    var ready = view.ready();
    boolean isReady = state == State.READY;
    var text =
        "%s for %s%s"
            .formatted(
                state.text(),
                Age.since(ready.getLastTransitionTime(), now),
                isReady ? "" : ": " + ready.getReason());
    return new Tree(text, isReady ? List.of() : view.message().lines().map(Tree::leaf).toList());
  }

  private Tree plan(StatusView.PlanSummary plan) {
    return Tree.leaf(
        "Plan from %s to %s with %s waits for approval for %s%s: kubectl schemaversion approve %s -n %s"
            .formatted(
                plan.from() == null ? "an empty database" : plan.from(),
                plan.to(),
                PlanText.count(plan.count(), "migration"),
                Age.since(plan.at(), now),
                plan.destructive() == null ? "" : " (DESTRUCTIVE)",
                view.name(),
                view.namespace()));
  }

  private List<String> job(JobView job) {
    return List.of(
        job.name(),
        job.step() == null ? "?" : job.step(),
        job.state() + progress(job) + (job.waiting() == null ? "" : ": " + job.waiting()));
  }

  private String progress(JobView job) {
    if (job.active()) {
      var since = job.startedAt() == null ? job.createdAt() : job.startedAt();
      return " for " + Age.since(since, now);
    }
    if (job.finishedAt() == null) {
      return "";
    }
    return " " + Age.since(job.finishedAt(), now) + " ago" + took(job);
  }

  private static String took(JobView job) {
    try {
      return job.startedAt() == null
          ? ""
          : ", took "
              + Age.of(
                  Duration.between(
                      Instant.parse(job.startedAt()), Instant.parse(job.finishedAt())));
    } catch (DateTimeException e) {
      return "";
    }
  }

  private Tree workloads() {
    var rows = view.workloads().stream().map(this::workload).toList();
    var children = new ArrayList<>(Table.rows(rows));
    var held = view.workloads().stream().filter(each -> each.verdict() != null).count();
    if (view.held() > held) {
      children.add(Tree.leaf("and %d more held".formatted(view.held() - held)));
    }
    return new Tree("Workloads, %d held".formatted(view.held()), children);
  }

  private List<String> workload(WorkloadView workload) {
    return List.of(
        workload.kind() + " " + workload.name(),
        workload.needs() == null ? "" : "needs " + workload.needs(),
        workload.ready() == null ? "" : workload.ready() + " ready",
        workload.verdict() == null
            ? "released"
            : "held for %s: %s"
                .formatted(Age.since(workload.since(), now), workload.waitsFor(view.name())));
  }
}
