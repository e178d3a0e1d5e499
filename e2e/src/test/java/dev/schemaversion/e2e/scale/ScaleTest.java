package dev.schemaversion.e2e.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What the operator needs depends on its own resources and on what carries its labels, and on
 * nothing else; both within the memory that it is shipped with.
 *
 * <p>Small numbers, unless {@code -Dscale=full} asks for those of a big cluster.
 */
@Isolated("memory and requests are measured")
@ExtendWith(ApiServer.OfTheClass.class)
class ScaleTest {
  private static final boolean FULL = System.getProperty("scale", "").equals("full");
  private static final Duration PATIENCE = Duration.ofMinutes(FULL ? 15 : 2);
  private static final Duration QUIET = Duration.ofSeconds(FULL ? 60 : 6);

  /** Of 60 KB each: the number that ended the operator, small as it is. */
  private static final int FEW_CONFIG_MAPS = 2000;

  private static final int MANY_CONFIG_MAPS = FULL ? 20_000 : FEW_CONFIG_MAPS;
  private static final int WORKLOADS = FULL ? 10_000 : 100;
  private static final int RESOURCES = FULL ? 5_000 : 40;

  /** Readings of two starts with the same objects differ by about half of this. */
  private static final double MORE_MIB = 10;

  /** The lease takes two each two seconds; watches are begun anew every few minutes. */
  private static final long QUIET_PER_MINUTE = 120;

  private static final List<Row> rows = new ArrayList<>();
  private static Row without;
  private static Row withMost;
  private static long atVersion;

  @BeforeAll
  static void measure(ApiServer server) {
    System.out.println(Row.HEAD);
    var populations = new Populations(server);
    var trial = new Trial(server, PATIENCE, QUIET);
    without = row(trial, "nothing");
    populations.foreignConfigMaps(FEW_CONFIG_MAPS, 60_000);
    withMost = row(trial, FEW_CONFIG_MAPS + " foreign ConfigMaps of 60 KB");
    if (FULL) {
      populations.foreignConfigMaps(MANY_CONFIG_MAPS, 60_000);
      withMost = row(trial, MANY_CONFIG_MAPS + " foreign ConfigMaps of 60 KB");
    }
    if (FULL) {
      populations.foreignConfigMaps(500, 1_000_000);
      row(trial, "and 500 foreign ConfigMaps of 1 MB");
    }
    // They stay, beside all that follows.
    try (var player = new JobPlayer(server.client(), server.api(), Script.everythingProven())) {
      owned(populations, trial);
      assertThat(player.failure()).isEmpty();
    }
  }

  private static void owned(Populations populations, Trial trial) {
    if (FULL) {
      populations.schemaVersions(0, 1_000);
      row(trial, "1000 SchemaVersions, new", () -> populations.atVersion(1_000) == 1_000);
      row(trial, "1000 SchemaVersions, restarted");
    }
    populations.schemaVersions(FULL ? 1_000 : 0, RESOURCES);
    row(
        trial,
        RESOURCES + " SchemaVersions, new",
        () -> populations.atVersion(RESOURCES) == RESOURCES);
    if (FULL) {
      row(trial, RESOURCES + " SchemaVersions, restarted");
    }
    atVersion = populations.atVersion(RESOURCES);
    populations.labelled(WORKLOADS);
    row(trial, "%d labelled pods and Deployments as well".formatted(WORKLOADS));
    if (FULL) {
      row(trial, "all of it, restarted");
    }
  }

  private static Row row(Trial trial, String population) {
    return row(trial, population, () -> true);
  }

  private static Row row(Trial trial, String population, BooleanSupplier done) {
    var row = trial.run(population, done);
    System.out.println(row);
    rows.add(row);
    return row;
  }

  @TestFactory
  Stream<DynamicTest> isReadyWithin() {
    return rows.stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.population(),
                    () -> {
                      assertThat(row.ready()).as(row.toString()).isTrue();
                      assertThat(row.peakMiB()).as(row.toString()).isLessThan(limitMiB());
                      assertThat(row.quiet().perMinute())
                          .as("%s; requests while quiet: %s", row, row.quiet().kinds())
                          .isLessThan(QUIET_PER_MINUTE);
                    }));
  }

  private static double limitMiB() {
    return ShippedOperator.read().memoryLimit() / (double) (1 << 20);
  }

  @Test
  void unrelatedObjectsTakeNoMemory() {
    assertThat(without.ready()).isTrue();
    assertThat(withMost.ready()).isTrue();
    assertThat(withMost.residentMiB()).isLessThan(without.residentMiB() + MORE_MIB);
  }

  @Test
  void everySchemaVersionReachesItsVersion() {
    assertThat(atVersion).isEqualTo(RESOURCES);
  }
}
