package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The next status of a resource, and the actions to execute after writing it.
 *
 * @param status the status to write before all actions; null to leave the status unchanged
 * @param actions the actions to execute then, in this order
 * @param requeueAfter when to reconcile again without an event; empty for the default resync
 * @param listsLivePods whether to list the live pods once the status is written, and to decide
 *     again with that list
 * @param demand what the decision needs from the queue of Jobs
 */
@RecordBuilder
public record Decision(
    SchemaVersionStatus status,
    List<Action> actions,
    Optional<Duration> requeueAfter,
    boolean listsLivePods,
    JobDemand demand)
    implements DecisionBuilder.With {}
