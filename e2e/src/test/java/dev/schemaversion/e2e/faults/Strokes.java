package dev.schemaversion.e2e.faults;

import dev.schemaversion.e2e.Installation;
import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.cluster.Machine;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Selects how each fault is injected on this cluster. */
final class Strokes {
  private final OperatorStrokes operator;
  private final Optional<Machine> machine;
  private final KubernetesClient client;

  Strokes(Cluster cluster, KubernetesClient client, Installation installation) {
    this.operator = new OperatorStrokes(cluster, installation);
    this.machine = cluster.machine();
    this.client = client;
  }

  /** One stroke and all whom it hits. */
  record Hit(Stroke stroke, List<Place> places) {}

  /** Why a cell cannot be made here; empty if it can. */
  Optional<String> impossible(Cell cell) {
    return machine.isEmpty() && needsMachine(cell)
        ? Optional.of("the machine of this cluster is not ours to break")
        : Optional.empty();
  }

  private static boolean needsMachine(Cell cell) {
    return switch (cell.fault()) {
      case OPERATOR_PARTITIONED,
          STALE_CACHE,
          API_SERVER_RESTARTED,
          NODE_GONE,
          RUNNER_KILLED,
          DATABASE_UNREACHABLE ->
          true;
      case DATABASE_RESTARTED -> cell.engine().isOneProcess();
      default -> cell.engine().isOneProcess() && cell.step().needsFrozenRunner();
    };
  }

  /** What hits these places: each its own, or one all of them. */
  List<Hit> on(List<Place> places) {
    return places.stream()
        .collect(
            Collectors.groupingBy(
                place -> place.cell().fault().hitsAll() ? place.cell().fault() : place))
        .values()
        .stream()
        .map(hit -> new Hit(stroke(hit.getFirst()), hit))
        .toList();
  }

  private Stroke stroke(Place place) {
    var one = new PlaceStrokes(place, client);
    return switch (place.cell().fault()) {
      case OPERATOR_KILLED -> operator.killed();
      case OPERATOR_PARTITIONED -> operator.partitioned(machine.orElseThrow());
      case LEADER_CHANGED -> operator.leaderChanged();
      case STALE_CACHE -> operator.stale();
      case API_SERVER_RESTARTED -> onMachine().apiServerRestarted();
      case NODE_GONE -> onMachine().nodeGone();
      case DATABASE_UNREACHABLE -> onMachine().databaseUnreachable(place);
      case RUNNER_KILLED -> one.runnerKilled();
      case POD_EVICTED -> one.podEvicted();
      case JOB_DELETED -> one.jobDeleted();
      case DATABASE_RESTARTED -> one.databaseRestarted();
      case CONNECTION_CUT -> one.connectionCut();
      case STATUS_CONFLICT -> one.statusConflict();
      case RESOURCE_EDITED -> one.resourceEdited();
      case RESOURCE_DELETED -> one.resourceDeleted();
      case SECRET_CHANGED -> one.secretChanged();
    };
  }

  private MachineStrokes onMachine() {
    return new MachineStrokes(machine.orElseThrow(), client);
  }
}
