package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import java.util.Optional;

/** Limits of a run. The runner enforces them and ends in order. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "!has(self.run) || (duration(self.run) >= duration('10s') &&"
            + " duration(self.run) <= duration('168h'))",
    message = "job.limits.run must be from 10s to 168h")
@ValidationRule(
    value =
        "!has(self.lockWait) || (duration(self.lockWait) >= duration('1s') &&"
            + " duration(self.lockWait) <= duration('1h'))",
    message = "job.limits.lockWait must be from 1s to 1h")
@ValidationRule(
    value =
        "!has(self.statement) || (duration(self.statement) >= duration('1s') &&"
            + " duration(self.statement) <= duration('168h'))",
    message = "job.limits.statement must be from 1s to 168h")
public record LimitsSpec(
    @Size(min = DurationText.SHORTEST, max = DurationText.LONGEST)
        @Pattern(DurationText.PATTERN)
        @JsonPropertyDescription(
            "The timeout of a run, counted from the start of its process, such as 30m or 2h; "
                + "from 10s to 168h. When it expires, the runner finishes the current migration, "
                + "starts no other one and ends with RunTimeLimit. Committed migrations stay, and "
                + "the next attempt continues after them. The value must suffice for the proof, the "
                + "rehearsal and one migration. By default a run has no timeout.")
        String run,
    @Default("5s")
        @Size(min = DurationText.SHORTEST, max = DurationText.LONGEST)
        @Pattern(DurationText.PATTERN)
        @JsonPropertyDescription(
            "The timeout for a lock that another session holds, such as 5s; from 1s to 1h. "
                + "Later statements queue behind a waiting ALTER TABLE, so a short wait with "
                + "retries (LockTimeout) disturbs others less than a long one. PostgreSQL: "
                + "lock_timeout. MariaDB and MySQL: lock_wait_timeout and innodb_lock_wait_timeout.")
        String lockWait,
    @Size(min = DurationText.SHORTEST, max = DurationText.LONGEST)
        @Pattern(DurationText.PATTERN)
        @JsonPropertyDescription(
            "The timeout of one statement of a migration, such as 10m; from 1s to 168h. The "
                + "server cancels a statement that takes longer: the run ends with "
                + "StatementTimeout, or with HalfApplied where statements commit implicitly; on the "
                + "scratch server with RehearsalFailed or ReplayFailed. PostgreSQL: "
                + "statement_timeout. MariaDB: max_statement_time. MySQL: the runner cancels the "
                + "statement. By default only the server's own timeout applies.")
        String statement,
    @Size(min = 2, max = 8)
        @Pattern(SizeText.PATTERN)
        @JsonPropertyDescription(
            "The size of the largest table, with its indexes, that a migration may rewrite, or "
                + "read while nothing else can use it, such as 1Gi or 500M. The rehearsal shows "
                + "what the migrations do, and the real database has the sizes; a sync beyond the "
                + "limit ends with RewriteTooLarge before anything runs. It needs proof.mode Always. "
                + "By default tables of any size may be rewritten.")
        String rewrite) {

  private static final Duration DEFAULT_LOCK_WAIT = Duration.ofSeconds(5);

  /** {@code run}; empty without a timeout. */
  public Optional<Duration> longestRun() {
    return Optional.ofNullable(run).map(DurationText::parse);
  }

  /** {@code lockWait} with its default. */
  public Duration longestLockWait() {
    return lockWait == null ? DEFAULT_LOCK_WAIT : DurationText.parse(lockWait);
  }

  /** {@code rewrite} in bytes; empty without a limit. */
  public Optional<Long> largestRewrite() {
    return Optional.ofNullable(rewrite).map(SizeText::parse);
  }

  /** {@code statement}; empty without a timeout. */
  public Optional<Duration> longestStatement() {
    return Optional.ofNullable(statement).map(DurationText::parse);
  }
}
