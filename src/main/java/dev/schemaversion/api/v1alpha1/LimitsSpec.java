package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import java.util.Optional;

/** How long what may take. They are kept by the runner, which ends in order. */
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
            "How long a run may take, from the start of its process, such as 30m or 2h; 10s to"
                + " 168h. When it is over, the migration it is in is ended and no other is begun:"
                + " RunTimeLimit. What ran is kept, and the next attempt goes on from there. It has"
                + " to be enough for proof and rehearsal and one migration. By default there is no"
                + " such limit.")
        String run,
    @Default("5s")
        @Size(min = DurationText.SHORTEST, max = DurationText.LONGEST)
        @Pattern(DurationText.PATTERN)
        @JsonPropertyDescription(
            "How long a statement waits for a lock that another session holds, such as 5s; 1s to"
                + " 1h. Whoever comes after a waiting ALTER TABLE waits as well, so a short wait that"
                + " is tried again (LockTimeout) is gentler than a long one. PostgreSQL:"
                + " lock_timeout. MariaDB and MySQL: lock_wait_timeout and innodb_lock_wait_timeout.")
        String lockWait,
    @Size(min = DurationText.SHORTEST, max = DurationText.LONGEST)
        @Pattern(DurationText.PATTERN)
        @JsonPropertyDescription(
            "How long a statement of a migration may take, such as 10m; 1s to 168h. The server ends"
                + " one that takes longer: StatementTimeout, or HalfApplied where statements commit"
                + " by themselves; on the scratch server RehearsalFailed or ReplayFailed."
                + " PostgreSQL: statement_timeout. MariaDB: max_statement_time. MySQL: the runner"
                + " cancels it. By default there is no such limit but the server's own.")
        String statement) {

  private static final Duration USUAL_LOCK_WAIT = Duration.ofSeconds(5);

  /** {@code run}; empty for any time. */
  public Optional<Duration> longestRun() {
    return Optional.ofNullable(run).map(DurationText::parse);
  }

  /** {@code lockWait} with its default. */
  public Duration longestLockWait() {
    return lockWait == null ? USUAL_LOCK_WAIT : DurationText.parse(lockWait);
  }

  /** {@code statement}; empty for any time. */
  public Optional<Duration> longestStatement() {
    return Optional.ofNullable(statement).map(DurationText::parse);
  }
}
