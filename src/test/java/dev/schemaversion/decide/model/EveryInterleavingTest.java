package dev.schemaversion.decide.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.decide.model.State.Budget;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No interleaving violates an invariant, and a run without faults settles from every state. In each
 * row, the caches may be arbitrarily stale.
 */
@Execution(ExecutionMode.CONCURRENT)
class EveryInterleavingTest {
  private static final AtomicLong STATES = new AtomicLong();
  private static final AtomicLong TRANSITIONS = new AtomicLong();

  @ParameterizedTest(
      name = "{0} at {1}: {2} faults, {3} edits, {4} other leaders, at most {5} Jobs")
  @CsvSource({
    "PostgreSQL, 0, 1, 0, 0, 8",
    "MariaDB,    0, 1, 0, 0, 8",
    "PostgreSQL, 0, 0, 1, 0, 8",
    "MariaDB,    0, 0, 1, 0, 8",
    "PostgreSQL, 0, 0, 0, 2, 8",
    "MariaDB,    0, 0, 0, 2, 8",
    "PostgreSQL, 0, 2, 0, 0, 5",
    "MariaDB,    0, 2, 0, 0, 5",
    "PostgreSQL, 1, 1, 1, 0, 4",
    "MariaDB,    1, 1, 1, 0, 4",
    "PostgreSQL, 0, 1, 0, 1, 4",
    "MariaDB,    0, 1, 0, 1, 4",
    "PostgreSQL, 1, 0, 1, 1, 3",
    "MariaDB,    1, 0, 1, 1, 3",
    "PostgreSQL, 0, 0, 2, 0, 4",
    "MariaDB,    0, 0, 2, 0, 4",
  })
  void noInterleavingViolatesAnInvariant(
      String kind, int from, int faults, int edits, int leads, int jobs) {
    boolean transactional = kind.equals("PostgreSQL");
    var database = from == 0 ? Database.empty(transactional) : Database.atOne(transactional);

    var result =
        new Explorer(Safeguards.ALL).explore(database, new Budget(faults, edits, leads, jobs));

    System.out.printf(
        "%s at %d, %d faults, %d edits, %d other leaders, at most %d Jobs:"
            + " %,d states, %,d transitions, %,d decisions%n",
        kind,
        from,
        faults,
        edits,
        leads,
        jobs,
        result.states(),
        result.transitions(),
        result.decisions());
    assertThat(result.broken().map(Object::toString)).isEmpty();
    assertThat(result.states()).isGreaterThan(10_000);
    STATES.addAndGet(result.states());
    TRANSITIONS.addAndGet(result.transitions());
  }

  /** A resource that claims nothing: its first Job is a baseline and a sync in one. */
  @ParameterizedTest(
      name = "{0} at {1}: {2} faults, {3} edits, {4} other leaders, at most {5} Jobs")
  @CsvSource({
    "PostgreSQL, 0, 2, 0, 0, 5",
    "MariaDB,    0, 2, 0, 0, 5",
    "PostgreSQL, 1, 1, 1, 0, 4",
    "MariaDB,    1, 1, 1, 0, 4",
    "PostgreSQL, 0, 1, 0, 1, 4",
    "MariaDB,    0, 1, 0, 1, 4",
    "PostgreSQL, 1, 0, 1, 1, 3",
    "MariaDB,    0, 0, 1, 1, 4",
    "PostgreSQL, 0, 0, 2, 0, 4",
    "MariaDB,    0, 0, 0, 2, 8",
  })
  void noInterleavingOfAFirstSyncViolatesAnInvariant(
      String kind, int from, int faults, int edits, int leads, int jobs) {
    boolean transactional = kind.equals("PostgreSQL");
    var database = from == 0 ? Database.empty(transactional) : Database.atOne(transactional);

    var result =
        new Explorer(Safeguards.ALL, false)
            .explore(database, new Budget(faults, edits, leads, jobs));

    assertThat(result.broken().map(Object::toString)).isEmpty();
    assertThat(result.states()).isGreaterThan(2_000);
    STATES.addAndGet(result.states());
    TRANSITIONS.addAndGet(result.transitions());
  }

  /**
   * A repeatable migration, or a callback, runs after the versioned migrations of a sync. A run may
   * die before it or inside it, and it may fail.
   */
  @ParameterizedTest(
      name = "{0} at {1}: {2} faults, {3} edits, {4} other leaders, at most {5} Jobs")
  @CsvSource({
    "PostgreSQL, 0, 1, 0, 0, 8",
    "MariaDB,    0, 1, 0, 0, 8",
    "PostgreSQL, 1, 2, 0, 0, 5",
    "MariaDB,    1, 2, 0, 0, 4",
    "PostgreSQL, 1, 1, 1, 0, 4",
    "PostgreSQL, 1, 0, 0, 2, 4",
  })
  void noInterleavingLeavesARepeatableMigrationOut(
      String kind, int from, int faults, int edits, int leads, int jobs) {
    boolean transactional = kind.equals("PostgreSQL");
    var database = from == 0 ? Database.empty(transactional) : Database.atOne(transactional);

    var result =
        new Explorer(Safeguards.ALL)
            .explore(database.withRepeatable(), new Budget(faults, edits, leads, jobs));

    assertThat(result.broken().map(Object::toString)).isEmpty();
    assertThat(result.states()).isGreaterThan(5_000);
    STATES.addAndGet(result.states());
    TRANSITIONS.addAndGet(result.transitions());
  }

  /** The limits of Jobs may keep the next Job waiting at any time. */
  @ParameterizedTest(
      name = "{0} at {1}, claims: {2}, {3} faults, {4} edits, {5} other leaders, {6} waits")
  @CsvSource({
    "PostgreSQL, 0, true,  0, 0, 0, 3, 8",
    "MariaDB,    0, false, 0, 0, 0, 3, 8",
    "PostgreSQL, 0, false, 1, 0, 0, 1, 5",
    "MariaDB,    1, true,  1, 0, 0, 1, 5",
    "PostgreSQL, 1, true,  0, 1, 0, 1, 5",
    "MariaDB,    0, false, 0, 1, 0, 1, 5",
    "PostgreSQL, 0, true,  0, 0, 1, 1, 4",
    "MariaDB,    1, false, 0, 0, 1, 1, 4",
  })
  void noInterleavingOfQueuedJobsViolatesAnInvariant(
      String kind,
      int from,
      boolean claims,
      int faults,
      int edits,
      int leads,
      int waits,
      int jobs) {
    boolean transactional = kind.equals("PostgreSQL");
    var database = from == 0 ? Database.empty(transactional) : Database.atOne(transactional);

    var result =
        new Explorer(Safeguards.ALL, claims)
            .explore(database, new Budget(faults, edits, leads, jobs).withWaits(waits));

    assertThat(result.broken().map(Object::toString)).isEmpty();
    assertThat(result.states()).isGreaterThan(500);
    STATES.addAndGet(result.states());
    TRANSITIONS.addAndGet(result.transitions());
  }

  /** A server that does not flush each commit may lose the mark in a crash. */
  @ParameterizedTest(name = "{0} faults, at most {1} Jobs")
  @CsvSource({"1, 8", "2, 5"})
  void withoutMarksInTheHistoryTheOperatorsRecordIsEnough(int faults, int jobs) {
    var result =
        new Explorer(Safeguards.ALL.withoutMarks())
            .explore(Database.empty(false), new Budget(faults, 0, 0, jobs));

    assertThat(result.broken().map(Object::toString)).isEmpty();
    STATES.addAndGet(result.states());
    TRANSITIONS.addAndGet(result.transitions());
  }

  @AfterAll
  static void total() {
    System.out.printf("In all %,d states and %,d transitions%n", STATES.get(), TRANSITIONS.get());
  }
}
