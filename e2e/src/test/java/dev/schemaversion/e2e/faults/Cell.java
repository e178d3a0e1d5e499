package dev.schemaversion.e2e.faults;

import static dev.schemaversion.e2e.faults.Fault.API_SERVER_RESTARTED;
import static dev.schemaversion.e2e.faults.Fault.CONNECTION_CUT;
import static dev.schemaversion.e2e.faults.Fault.DATABASE_RESTARTED;
import static dev.schemaversion.e2e.faults.Fault.DATABASE_UNREACHABLE;
import static dev.schemaversion.e2e.faults.Fault.JOB_DELETED;
import static dev.schemaversion.e2e.faults.Fault.LEADER_CHANGED;
import static dev.schemaversion.e2e.faults.Fault.NODE_GONE;
import static dev.schemaversion.e2e.faults.Fault.OPERATOR_KILLED;
import static dev.schemaversion.e2e.faults.Fault.OPERATOR_PARTITIONED;
import static dev.schemaversion.e2e.faults.Fault.POD_EVICTED;
import static dev.schemaversion.e2e.faults.Fault.RESOURCE_DELETED;
import static dev.schemaversion.e2e.faults.Fault.RESOURCE_EDITED;
import static dev.schemaversion.e2e.faults.Fault.RUNNER_KILLED;
import static dev.schemaversion.e2e.faults.Fault.SECRET_CHANGED;
import static dev.schemaversion.e2e.faults.Fault.STALE_CACHE;
import static dev.schemaversion.e2e.faults.Fault.STATUS_CONFLICT;
import static dev.schemaversion.e2e.faults.Step.AFTER_REPORT;
import static dev.schemaversion.e2e.faults.Step.AFTER_SQL;
import static dev.schemaversion.e2e.faults.Step.BEFORE_REPEATABLE;
import static dev.schemaversion.e2e.faults.Step.BETWEEN;
import static dev.schemaversion.e2e.faults.Step.BETWEEN_STATEMENTS;
import static dev.schemaversion.e2e.faults.Step.CALLBACK;
import static dev.schemaversion.e2e.faults.Step.CONCURRENT_INDEX;
import static dev.schemaversion.e2e.faults.Step.INSIDE;
import static dev.schemaversion.e2e.faults.Step.PENDING;
import static dev.schemaversion.e2e.faults.Step.RELEASE;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A cell of the fault matrix: a fault at a step, on an engine. */
record Cell(Engine engine, Step step, Fault fault) {
  /** All of them, also those that cannot be. */
  static List<Cell> all() {
    return Arrays.stream(Engine.values())
        .flatMap(
            engine ->
                Arrays.stream(Fault.values())
                    .flatMap(
                        fault ->
                            Arrays.stream(Step.values())
                                .map(step -> new Cell(engine, step, fault))))
        .toList();
  }

  /**
   * What runs with all the other tests: each fault, where it hurts most. What the engine has no
   * part in is tried on one. The rest takes half an hour.
   */
  static List<Cell> chosen() {
    return Stream.concat(
            Arrays.stream(Engine.values()).flatMap(engine -> ofEngine(engine).stream()),
            ofCluster().stream())
        .toList();
  }

  private static List<Cell> ofEngine(Engine engine) {
    return List.of(
        new Cell(engine, INSIDE, RUNNER_KILLED),
        new Cell(engine, BEFORE_REPEATABLE, RUNNER_KILLED),
        new Cell(engine, CALLBACK, RUNNER_KILLED),
        new Cell(engine, INSIDE, JOB_DELETED),
        new Cell(engine, INSIDE, DATABASE_RESTARTED),
        new Cell(engine, BETWEEN, CONNECTION_CUT));
  }

  private static List<Cell> ofCluster() {
    var engine = Engine.POSTGRESQL;
    return List.of(
        new Cell(engine, AFTER_REPORT, OPERATOR_KILLED),
        new Cell(engine, INSIDE, OPERATOR_PARTITIONED),
        new Cell(engine, RELEASE, LEADER_CHANGED),
        new Cell(engine, AFTER_REPORT, STALE_CACHE),
        new Cell(engine, INSIDE, API_SERVER_RESTARTED),
        new Cell(engine, INSIDE, NODE_GONE),
        new Cell(engine, AFTER_REPORT, POD_EVICTED),
        new Cell(engine, PENDING, DATABASE_UNREACHABLE),
        new Cell(engine, AFTER_REPORT, STATUS_CONFLICT),
        new Cell(engine, PENDING, RESOURCE_EDITED),
        new Cell(engine, INSIDE, RESOURCE_DELETED),
        new Cell(engine, AFTER_SQL, SECRET_CHANGED),
        // only PostgreSQL has these places
        new Cell(engine, CONCURRENT_INDEX, RUNNER_KILLED),
        new Cell(engine, BETWEEN_STATEMENTS, RUNNER_KILLED));
  }

  @Override
  public String toString() {
    return "%s: %s, %s".formatted(engine, fault, step);
  }
}
