package dev.schemaversion.decide.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.decide.model.State.Budget;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing that can happen breaks a rule, and from everywhere a run without faults settles. */
class EveryInterleavingTest {
  private static final int JOBS = 8;

  @ParameterizedTest(name = "{0}: {1} faults, {2} edits, {3} changes of the leader")
  @CsvSource({
    "PostgreSQL, 1, 0, 0",
    "MariaDB, 1, 0, 0",
    "MariaDB, 0, 1, 0",
    "PostgreSQL, 0, 0, 1",
  })
  void whateverHappensNoRuleIsBroken(String kind, int faults, int edits, int leads) {
    var result =
        new Explorer(Mechanisms.REAL)
            .explore(
                Database.empty(kind.equals("PostgreSQL")), new Budget(faults, edits, leads, JOBS));

    System.out.printf(
        "%s, %d faults, %d edits, %d other leaders: %,d states, %,d transitions, %,d decisions%n",
        kind, faults, edits, leads, result.states(), result.transitions(), result.decisions());
    assertThat(result.broken().map(Object::toString)).isEmpty();
    assertThat(result.states()).isGreaterThan(10_000);
  }
}
