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
import static dev.schemaversion.e2e.faults.Step.CONCURRENT_INDEX;
import static dev.schemaversion.e2e.faults.Step.INSIDE;
import static dev.schemaversion.e2e.faults.Step.PENDING;
import static dev.schemaversion.e2e.faults.Step.RELEASE;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A cell of the fault matrix: a fault at a step, on an engine. */
record Cell(Engine engine, Step step, Fault fault) {
  /** All of them, also those that cannot be; on MySQL only {@link #onMySql}. */
  static List<Cell> all() {
    return Stream.concat(
            Stream.of(Engine.POSTGRESQL, Engine.MARIADB)
                .flatMap(
                    engine ->
                        Arrays.stream(Fault.values())
                            .flatMap(
                                fault ->
                                    Arrays.stream(Step.values())
                                        .map(step -> new Cell(engine, step, fault)))),
            onMySql())
        .toList();
  }

  /**
   * The runner has the same code for MySQL as for MariaDB, so what depends on the server is enough:
   * a run that ends at any step, a server that recovers, and sessions that end. Not one that the
   * machine has stopped: MySQL's KILL waits for the answer of the session's thread.
   */
  private static Stream<Cell> onMySql() {
    var mySql = Engine.MYSQL;
    return Stream.concat(
        Arrays.stream(Step.values())
            .filter(step -> step.hasRunner() && step.impossible(mySql).isEmpty())
            .map(step -> new Cell(mySql, step, RUNNER_KILLED)),
        Stream.of(
            new Cell(mySql, INSIDE, DATABASE_RESTARTED),
            new Cell(mySql, AFTER_SQL, DATABASE_RESTARTED),
            new Cell(mySql, INSIDE, CONNECTION_CUT)));
  }

  /**
   * What runs with all the other tests: each kind of fault, where it hurts most, and what MariaDB's
   * implicit commits make different. {@code make faults} has all cells, {@code make mysql} those of
   * MySQL.
   */
  static List<Cell> chosen() {
    var postgresql = Engine.POSTGRESQL;
    var mariaDb = Engine.MARIADB;
    return List.of(
        new Cell(postgresql, INSIDE, RUNNER_KILLED),
        new Cell(postgresql, CONCURRENT_INDEX, RUNNER_KILLED),
        new Cell(postgresql, INSIDE, JOB_DELETED),
        new Cell(postgresql, INSIDE, DATABASE_RESTARTED),
        new Cell(postgresql, AFTER_REPORT, POD_EVICTED),
        new Cell(postgresql, INSIDE, RESOURCE_DELETED),
        new Cell(postgresql, AFTER_SQL, SECRET_CHANGED),
        new Cell(mariaDb, INSIDE, RUNNER_KILLED),
        new Cell(mariaDb, BEFORE_REPEATABLE, RUNNER_KILLED),
        new Cell(mariaDb, BETWEEN, CONNECTION_CUT),
        new Cell(postgresql, AFTER_REPORT, OPERATOR_KILLED),
        new Cell(postgresql, RELEASE, LEADER_CHANGED),
        new Cell(postgresql, AFTER_REPORT, STALE_CACHE),
        new Cell(postgresql, INSIDE, NODE_GONE),
        new Cell(postgresql, PENDING, DATABASE_UNREACHABLE),
        new Cell(postgresql, AFTER_REPORT, STATUS_CONFLICT),
        new Cell(postgresql, PENDING, RESOURCE_EDITED),
        new Cell(postgresql, INSIDE, OPERATOR_PARTITIONED),
        new Cell(postgresql, INSIDE, API_SERVER_RESTARTED));
  }

  @Override
  public String toString() {
    return "%s: %s, %s".formatted(engine, fault, step);
  }
}
