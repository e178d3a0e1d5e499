package dev.schemaversion.runner.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A proof that reads some of the versions reports the same as one that reads all of them.
 *
 * <p>{@code -Dseed} is the seed of the first set, by default another one in each run; {@code
 * -Dsets} the number of sets for each engine.
 */
class VersionWalkTest {
  private static final Optional<Long> GIVEN_SEED = Optional.ofNullable(Long.getLong("seed"));
  private static final int SETS = Integer.getInteger("sets", GIVEN_SEED.isPresent() ? 1 : 6);

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(strings = {"PostgreSQL", "MariaDB"})
  void aProofFindsWhatReadingEachVersionFinds(String engine) throws SQLException, IOException {
    long seed = GIVEN_SEED.orElseGet(() -> new Random().nextLong(1_000_000_000));
    for (long each = seed; each < seed + SETS; each++) {
      compare(engine, each);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PostgreSQL", "MariaDB"})
  void fewVersionsAreReadWhereEachAddsATable(String engine) throws SQLException {
    var versions = new ArrayList<List<String>>();
    for (int version = 1; version <= 60; version++) {
      versions.add(List.of("CREATE TABLE t%d (id int, c int)".formatted(version)));
    }
    var database = database(engine, versions.subList(0, 50));
    try (var schema = new ProvedSchema(job(root, database, versions), root)) {
      var proof = schema.prover.claim("50", schema.replay());

      assertThat(proof.equalVersions()).containsExactly("50");
      assertThat(schema.readings).isLessThan(20);
    }
  }

  /** What is found differs from one of the versions by a few statements, or by none. */
  private void compare(String engine, long seed) throws SQLException, IOException {
    var random = new Random(seed);
    int count = 2 + random.nextInt(20);
    var versions = schema(engine, seed).versions(count);
    int at = random.nextInt(count + 1);
    var foundSchema = schema(engine, seed);
    var found = new ArrayList<>(foundSchema.versions(at));
    foundSchema.continueWith(random);
    found.add(foundSchema.statements(random.nextInt(3)));
    var database = database(engine, found);
    var folder = Files.createDirectory(root.resolve("set" + seed));
    try (var schema = new ProvedSchema(job(folder, database, versions), folder)) {
      var differences = differences(schema);
      var set =
          "seed %d: %s, found: %s, differences: %s".formatted(seed, versions, found, differences);
      var search = schema.prover.search(schema.replay());
      assertThat(search.equalVersions()).as(set).isEqualTo(equal(differences));
      assertThat(search.nearest()).as(set).isEqualTo(nearest(differences));
      assertThat(search.nearestDifferences())
          .as(set)
          .isEqualTo(differences.get(nearest(differences)));
      for (int claims = 0; claims < 2; claims++) {
        var claim = "" + random.nextInt(count + 1);
        failIfOther(differences, claim, schema.prover.claim(claim, schema.replay()), set);
      }
    } finally {
      if (database instanceof MariaDb.Database) {
        database.admin("DROP DATABASE " + database.name()); // PostgreSQL's fixture drops its own
      }
    }
  }

  private static void failIfOther(
      Map<String, Integer> differences, String claim, Proof proof, String set) {
    var as = "claimed " + claim + ", " + set;
    int claimed = differences.get(claim);
    var equal = equal(differences);
    var nearest = nearest(differences);
    boolean isNearer = equal.isEmpty() && differences.get(nearest) < claimed;
    assertThat(proof.verdict()).as(as).isEqualTo(claimed == 0 ? Verdict.Equal : Verdict.Different);
    assertThat(proof.differences()).as(as).isEqualTo(claimed);
    assertThat(proof.equalVersions()).as(as).isEqualTo(equal.isEmpty() ? null : equal);
    assertThat(proof.nearest()).as(as).isEqualTo(isNearer ? nearest : null);
    assertThat(proof.nearestDifferences())
        .as(as)
        .isEqualTo(isNearer ? differences.get(nearest) : null);
  }

  /** By version, in order: what reading each of them says. */
  private static Map<String, Integer> differences(ProvedSchema schema) throws SQLException {
    var differences = new LinkedHashMap<String, Integer>();
    schema
        .replay()
        .run(
            (version, built) -> {
              var comparison = schema.found.compare(built.read());
              differences.put(version, built.trip().settle(comparison).differences().size());
              return true;
            });
    return differences;
  }

  private static List<String> equal(Map<String, Integer> differences) {
    return differences.keySet().stream().filter(each -> differences.get(each) == 0).toList();
  }

  /** The first of those from which the fewest objects differ. */
  private static String nearest(Map<String, Integer> differences) {
    return differences.keySet().stream()
        .reduce((one, two) -> differences.get(two) < differences.get(one) ? two : one)
        .orElseThrow();
  }

  private static RandomSchema schema(String engine, long seed) {
    return new RandomSchema(new Random(seed), engine.equals("PostgreSQL"));
  }

  private static TestDatabase database(String engine, List<List<String>> scripts) {
    var database = engine.equals("PostgreSQL") ? Postgres.fresh() : MariaDb.fresh();
    return database.execute(scripts.stream().flatMap(List::stream).toArray(String[]::new));
  }

  private static Job job(Path root, TestDatabase database, List<List<String>> versions) {
    var job = new Job(root, database).version("" + versions.size());
    for (int version = 1; version <= versions.size(); version++) {
      job.file(
          "V%d__change.sql".formatted(version),
          String.join(";\n", versions.get(version - 1)) + ";\n");
    }
    return job;
  }
}
