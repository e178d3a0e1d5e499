package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.contract.Outcome.Kind;
import dev.schemaversion.contract.Step;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What is worth an Event. */
final class News {
  /** Reasons that come without a Job, and so without an Event of its end. */
  private static final Set<String> WORTH_AN_EVENT =
      Set.of(
          Reason.MigrationsNotFound.name(),
          Reason.DowngradeRefused.name(),
          Reason.JobPending.name(),
          Reason.ApprovalPending.name(),
          Reason.AtVersion.name());

  /** Of these, the ones that are no warning. */
  private static final Set<String> FINE =
      Set.of(Reason.AtVersion.name(), Reason.ApprovalPending.name());

  private News() {}

  /** A look at the schema that found nothing is no news. */
  static List<Action> ended(Operation operation) {
    boolean done = Attempts.kind(operation.reason()) == Kind.DONE;
    return done && operation.step().equals(Step.VERIFY.label())
        ? List.of()
        : List.of(
            new Action.Tell(
                !done,
                operation.reason(),
                "Job %s: %s".formatted(operation.job(), operation.message())));
  }

  /** What comes without a Job's end, when it is new. */
  static List<Action> of(Ruling ruling, SchemaVersionStatus before) {
    var news = new ArrayList<Action>();
    var ready = condition(before, ConditionType.Ready);
    if (WORTH_AN_EVENT.contains(ruling.reason())
        && ready.filter(c -> ruling.reason().equals(c.getReason())).isEmpty()) {
      news.add(new Action.Tell(!FINE.contains(ruling.reason()), ruling.reason(), ruling.message()));
    }
    var aside = ruling.aside();
    if (aside != null
        && aside.reason().equals(Reason.JobPending.name())
        && condition(before, ConditionType.Proven)
            .filter(c -> c.getMessage().contains(aside.message()))
            .isEmpty()) {
      news.add(new Action.Tell(true, aside.reason(), aside.message()));
    }
    return news;
  }

  private static Optional<Condition> condition(SchemaVersionStatus status, ConditionType type) {
    return Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
        .filter(condition -> condition.getType().equals(type.name()))
        .findFirst();
  }
}
