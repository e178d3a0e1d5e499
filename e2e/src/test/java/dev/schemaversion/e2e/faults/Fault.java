package dev.schemaversion.e2e.faults;

import java.util.Optional;

/** The injected faults. */
enum Fault {
  OPERATOR_KILLED("operator killed", Hits.ALL),
  OPERATOR_PARTITIONED("operator partitioned", Hits.ALL),
  LEADER_CHANGED("leader changed", Hits.ALL),
  STALE_CACHE("stale cache", Hits.ALL),
  API_SERVER_RESTARTED("API server restarted", Hits.ALL),
  NODE_GONE("node gone", Hits.ALL),
  RUNNER_KILLED("runner killed", Hits.ONE),
  POD_EVICTED("pod evicted", Hits.ONE),
  JOB_DELETED("Job deleted by hand", Hits.ONE),
  DATABASE_RESTARTED("database restarted", Hits.ONE),
  DATABASE_UNREACHABLE("database unreachable", Hits.ONE),
  CONNECTION_CUT("connection cut", Hits.ONE),
  STATUS_CONFLICT("status write conflict", Hits.ONE),
  RESOURCE_EDITED("resource edited", Hits.ONE),
  RESOURCE_DELETED("resource deleted", Hits.ONE),
  SECRET_CHANGED("Secret changed", Hits.ONE);

  /** Whom it hits. */
  enum Hits {
    /** All that the operator, or the cluster, works on. */
    ALL,
    /** One resource, its Job or its database. */
    ONE
  }

  private final String words;
  private final Hits hits;

  Fault(String words, Hits hits) {
    this.words = words;
    this.hits = hits;
  }

  boolean hitsAll() {
    return hits == Hits.ALL;
  }

  /** Why it cannot happen at a step; empty if it can. */
  Optional<String> impossible(Step step) {
    return switch (this) {
      case RUNNER_KILLED, CONNECTION_CUT ->
          step.hasRunner() ? Optional.empty() : Optional.of("no runner is at work then");
      case POD_EVICTED, JOB_DELETED ->
          step.hasJob() ? Optional.empty() : Optional.of("there is no Job then");
      default -> Optional.empty();
    };
  }

  @Override
  public String toString() {
    return words;
  }
}
