package dev.schemaversion.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.Installation;
import dev.schemaversion.e2e.OnCluster;
import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.stories.OnGlance;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Every kind of workload, in every order of application, with and without a running operator,
 * starts if and only if its database has the required version.
 */
@Isolated("the operator is stopped and killed meanwhile")
@ExtendWith({OnCluster.class, OnGlance.class})
class MatrixTest {
  private static final List<Place> PLACES = new ArrayList<>();
  private static Glance server;
  private static Table table;
  private static Starts starts;

  @BeforeAll
  static void everythingHappens(
      Cluster cluster, KubernetesClient client, Installation installation) {
    installation.scale(2);
    var prefix = "matrix-" + Long.toString(System.nanoTime(), 36);
    server = new Glance(cluster, prefix).environment("environment");
    var witness = new Witness(server);
    starts = new Starts(client);
    for (var operator : OperatorIs.values()) {
      for (var order : Order.values()) {
        PLACES.add(new Place(order, operator, prefix, cluster, client, witness));
      }
    }
    new Course(installation, PLACES).run();
    table = new Table(PLACES, witness.starts());
    System.out.println(table);
  }

  @AfterAll
  static void everythingGoes() {
    PLACES.forEach(Place::close);
    if (starts != null) {
      starts.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> noContainerOfAnUnsatisfiedWorkloadEverStartsAndEverySatisfiedOneDoes() {
    return Cell.all().stream()
        .map(cell -> DynamicTest.dynamicTest(cell.toString(), () -> check(cell)));
  }

  private static void check(Cell cell) {
    var place =
        PLACES.stream()
            .filter(p -> p.order() == cell.order() && p.operator() == cell.operator())
            .findFirst()
            .orElseThrow();
    var reported = starts.of(place.namespace(), cell.workload());
    var written = table.of(place, cell.kind(), cell.need());
    if (cell.need() == Need.UNSATISFIED) {
      assertThat(reported).as("what the node says").isEmpty();
      assertThat(written).as("what the program says").isEmpty();
      assertThat(place.held(cell.kind(), cell.need())).as("it waits for the gate").isTrue();
    } else {
      assertThat(reported)
          .as("what the node says")
          .isNotEmpty()
          .allSatisfy(start -> assertThat(start).isAfterOrEqualTo(place.syncEnded()));
      assertThat(written).as("what the program says").isNotEmpty().containsOnly(Need.THERE);
    }
  }
}
