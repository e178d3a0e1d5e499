package dev.schemaversion.runner.flyway.sets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random sets of migrations: plain Flyway migrates one database by them, and the runner another, in
 * two or three steps. After each step both have the same history, schema and rows, and the runner
 * proves the database that plain Flyway has migrated.
 *
 * <p>{@code -Dseed} is the seed of the first set, by default another one in each run; {@code
 * -Dsets} the number of sets for each engine.
 */
@Execution(ExecutionMode.CONCURRENT) // the engines side by side
class RandomSetsTest {
  private static final Optional<Long> GIVEN_SEED = Optional.ofNullable(Long.getLong("seed"));
  private static final int SETS = Integer.getInteger("sets", GIVEN_SEED.isPresent() ? 1 : 2);

  /** So that a defect which many sets show does not take the time of all of them. */
  private static final int PROBLEMS = 3;

  @ParameterizedTest
  @EnumSource(TestedEngine.class)
  void theRunnerDoesWhatPlainFlywayDoesAndProvesWhatItLeft(TestedEngine engine) {
    long seed = GIVEN_SEED.orElseGet(() -> new Random().nextLong(1_000_000_000));
    var problems = new ArrayList<String>();
    int files = 0;
    for (long each = seed; each < seed + SETS && problems.size() < PROBLEMS; each++) {
      var set = RandomSet.of(engine, each, Feature.wanted());
      files += set.files();
      problem(set, each, problems.isEmpty()).ifPresent(problems::add);
    }
    System.out.printf(
        "In all %d random sets of %d files on %s, from the seed %d, were compared with plain"
            + " Flyway.%n",
        SETS, files, engine, seed);
    assertThat(problems).as("first problems").isEmpty();
  }

  private static Optional<String> problem(MigrationSet set, long seed, boolean shrink) {
    try {
      return SetRun.problem(set)
          .map(
              problem ->
                  "Seed %d: %s%n%s%n%s"
                      .formatted(
                          seed,
                          problem.kind(),
                          problem.details(),
                          shrink ? Shrinking.smallest(set, problem) : ""));
    } catch (SetRun.PlainFlywayRefused e) {
      return Optional.of("Seed %d: %s%n%s".formatted(seed, e.getMessage(), set));
    }
  }
}
