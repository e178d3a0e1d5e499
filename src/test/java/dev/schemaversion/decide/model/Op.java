package dev.schemaversion.decide.model;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.decide.Action;

/** One request of a pass to the API server. Between two of them anything may happen. */
sealed interface Op {
  /**
   * The status is written.
   *
   * @param asks whether it is decided again then, with the pods that live
   */
  record Write(SchemaVersionStatus status, boolean asks) implements Op {}

  /** An action is carried out. */
  record Do(Action action) implements Op {}
}
