package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.ProofStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.InterruptedSyncStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.contract.Proof.Verdict;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Removes invalid parts from a status that another release or a person may have written. The
 * operator determines the removed parts again.
 */
public final class StatusSanitizer {
  private StatusSanitizer() {}

  /** Returns the valid parts of a status; an empty status for null. */
  public static SchemaVersionStatus of(SchemaVersionStatus status) {
    if (status == null) {
      return SchemaVersionStatus.NONE;
    }
    var baseline = status.baseline();
    var plan = status.plan();
    return status
        .with()
        .targetSince(time(status.targetSince()))
        .conditions(
            validOnly(status.conditions(), StatusSanitizer::isValid).stream()
                .map(StatusSanitizer::withMessage)
                .toList())
        .baseline(baseline == null || baseline.source() == null ? null : baseline)
        .proof(proof(status.proof()))
        .plan(plan == null || plan.digest() == null ? null : plan)
        .interruptedSync(interruptedSync(status.interruptedSync()))
        .history(validOnly(status.history(), StatusSanitizer::isValid))
        .workloads(
            validOnly(status.workloads(), held -> held.kind() != null && held.name() != null))
        .build();
  }

  private static <T> List<T> validOnly(List<T> list, Predicate<T> isValid) {
    return Objects.requireNonNullElse(list, List.<T>of()).stream()
        .filter(Objects::nonNull)
        .filter(isValid)
        .toList();
  }

  private static boolean isValid(Condition condition) {
    return condition.getType() != null
        && condition.getStatus() != null
        && condition.getReason() != null;
  }

  private static Condition withMessage(Condition condition) {
    return condition.getMessage() != null
        ? condition
        : new ConditionBuilder(condition).withMessage("").build();
  }

  private static boolean isValid(Operation operation) {
    return Stream.of(
                operation.job(),
                operation.step(),
                operation.inputs(),
                operation.reason(),
                operation.message(),
                time(operation.finishedAt()))
            .allMatch(Objects::nonNull)
        && operation.attempt() != null
        && operation.attempt() > 0;
  }

  /** A record without the Job's name counts as one whose Job is gone: its result stays unknown. */
  private static InterruptedSyncStatus interruptedSync(InterruptedSyncStatus status) {
    return status == null || status.job() != null ? status : status.withJob("");
  }

  private static ProofStatus proof(ProofStatus proof) {
    if (proof == null
        || Arrays.stream(Verdict.values()).noneMatch(v -> v.name().equals(proof.verdict()))
        || (!ProofRecord.holds(proof) && proof.reason() == null)) {
      return null;
    }
    return time(proof.checkedAt()) == null && proof.checkedAt() != null
        ? VerificationRecorder.withoutCheckTime(proof)
        : proof;
  }

  /** Returns the text if it is a valid time; otherwise null. */
  private static String time(String text) {
    try {
      return text == null ? null : Instant.parse(text).toString().isEmpty() ? null : text;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
