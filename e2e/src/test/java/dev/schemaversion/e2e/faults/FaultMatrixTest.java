package dev.schemaversion.e2e.faults;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.schemaversion.e2e.Installation;
import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.OnCluster;
import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.stories.OnGlance;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Every fault at every step: afterwards each migration ran exactly once, the schema is what the
 * migrations build, the program started only then, and nothing is left over.
 *
 * <p>A named choice of cells ({@link Cell#chosen}) unless {@code -Dfaults=all} asks for all, or
 * names some by parts of what they are called, such as {@code -Dfaults="node gone,evicted"}.
 */
@Isolated("operator, API server and kubelet are killed meanwhile")
@ExtendWith({OnCluster.class, OnGlance.class})
class FaultMatrixTest {
  /** More would find no place on the node. */
  private static final int AT_ONCE = 13;

  private static Table table;
  private static long conflicts;

  @BeforeAll
  static void everythingHappens(
      Cluster cluster, KubernetesClient client, Installation installation) {
    installation.scale(2);
    var strokes = new Strokes(cluster, client, installation);
    var impossible = new LinkedHashMap<Cell, String>();
    Cell.all().forEach(cell -> impossible(cell, strokes, impossible));
    var wanted = wanted().stream().filter(cell -> !impossible.containsKey(cell)).toList();
    wanted.stream().map(cell -> cell.engine().image()).distinct().forEach(cluster::load);
    var findings = new ArrayList<Findings>();
    long counted = Storm.refused(client);
    try (var holds = new Holds(new Kubectl(cluster))) {
      for (var batch : batches(wanted)) {
        findings.addAll(run(new Batch(batch, strokes, cluster, client)));
        long now = Storm.refused(client);
        // An API server that was restarted meanwhile counts anew.
        conflicts += now < counted ? now : now - counted;
        counted = now;
      }
    }
    table = new Table(findings, impossible);
    System.out.println(table);
  }

  /** Shows as it goes what comes of it: all of them take long. */
  private static List<Findings> run(Batch batch) {
    var begun = Instant.now();
    var found = batch.run();
    found.forEach(System.out::println);
    System.out.printf("in %d s%n", Duration.between(begun, Instant.now()).toSeconds());
    return found;
  }

  private static void impossible(Cell cell, Strokes strokes, Map<Cell, String> impossible) {
    cell.fault()
        .impossible(cell.step())
        .or(() -> cell.step().impossible(cell.engine()))
        .or(() -> strokes.impossible(cell))
        .ifPresent(why -> impossible.put(cell, why));
  }

  private static List<Cell> wanted() {
    var asked = System.getProperty("faults", "");
    return asked.isEmpty()
        ? Cell.chosen()
        : Cell.all().stream()
            .filter(
                cell ->
                    asked.equals("all")
                        || Arrays.stream(asked.split(",")).anyMatch(cell.toString()::contains))
            .toList();
  }

  /** What hits all is alone with those whom it is to hit. */
  private static List<List<Cell>> batches(List<Cell> cells) {
    var groups =
        cells.stream()
            .collect(
                groupingBy(
                    cell -> cell.fault().hitsAll() ? cell.fault().toString() : "",
                    TreeMap::new,
                    toList()));
    var batches = new ArrayList<List<Cell>>();
    for (var group : groups.values()) {
      for (int from = 0; from < group.size(); from += AT_ONCE) {
        batches.add(group.subList(from, Math.min(from + AT_ONCE, group.size())));
      }
    }
    return batches;
  }

  @TestFactory
  Stream<DynamicTest> nothingIsLostAndNothingIsDoneTwiceAndNothingStartsTooEarly() {
    return table.findings().stream()
        .map(
            found ->
                DynamicTest.dynamicTest(
                    found.cell().toString(), () -> assertThat(found.problems()).isEmpty()));
  }

  @Test
  void staleStatusesWereRejected() {
    assumeThat(table.findings())
        .anySatisfy(found -> assertThat(found.cell().fault()).isEqualTo(Fault.STATUS_CONFLICT));
    assertThat(conflicts).isPositive();
  }
}
