package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to do about a resource.
 *
 * @param status what to record, before anything else; null to leave what is there
 * @param actions what to do then, in this order
 * @param lookAgain when to look again though nothing has changed
 * @param asksWhoLives whether to list the pods that live, once the status is written, and to decide
 *     again with them
 */
public record Decision(
    SchemaVersionStatus status,
    List<Action> actions,
    Optional<Duration> lookAgain,
    boolean asksWhoLives) {}
