package dev.schemaversion.cli.kubectl.view.page;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.cli.kubectl.view.StatusView;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the pages show of a resource.
 *
 * @param view what {@code status} shows of it
 * @param status its status
 * @param differences how its schema differs, each as in the status; empty if it does not
 */
public record ResourceView(StatusView view, SchemaVersionStatus status, List<String> differences) {

  /** Returns since when the schema is proven; empty if it is not. */
  Optional<String> provenSince() {
    return StatusView.condition(status, ConditionType.Proven)
        .filter(proven -> "True".equals(proven.getStatus()))
        .map(Condition::getLastTransitionTime);
  }

  /** Returns its runs: one that has not ended first, then the newest first. */
  List<Run> runs(Instant now) {
    return Run.of(view.jobs(), status, now);
  }

  /** Returns the name with the namespace. */
  String fullName() {
    return view.namespace() + "/" + view.name();
  }
}
