package dev.schemaversion.contract.request;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The limits of a run; timeouts in seconds.
 *
 * @param run the timeout after which the run starts no other migration; null for none
 * @param lockWait the timeout of a statement for a lock of another session
 * @param statement the timeout of a migration's statement on the real database; null for none
 * @param rewrite the size in bytes of the largest table that a migration may rewrite, or read while
 *     nothing else can; null for any
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunLimits(Integer run, int lockWait, Integer statement, Long rewrite) {
  /** Limits of time only. */
  public RunLimits(Integer run, int lockWait, Integer statement) {
    this(run, lockWait, statement, null);
  }

  /** The default: a timeout for lock waits only. */
  public static final RunLimits DEFAULT = new RunLimits(null, 5, null);
}
