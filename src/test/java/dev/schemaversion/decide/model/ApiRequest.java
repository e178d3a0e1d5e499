package dev.schemaversion.decide.model;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.decide.Action;

/** A request of a pass to the API server. Between two requests any transition may happen. */
sealed interface ApiRequest {
  /**
   * Writes the status.
   *
   * @param listsPods whether the operator then lists the live pods and decides again
   */
  record WriteStatus(SchemaVersionStatus status, boolean listsPods) implements ApiRequest {}

  /** Executes an action. */
  record Execute(Action action) implements ApiRequest {}
}
