package dev.schemaversion.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.AtOnce;
import dev.schemaversion.e2e.Installation;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the steps of the gate matrix in their order: with the operator running, then down, then
 * killed.
 */
final class Course {
  private final Installation installation;
  private final Collection<Place> places;

  Course(Installation installation, Collection<Place> places) {
    this.installation = installation;
    this.places = places;
  }

  void run() {
    // The databases that are to be proven before something happens to the operator, beside.
    AtOnce.each(
        places.stream(),
        place -> {
          if (place.order() == Order.RESOURCE_FIRST) {
            place.applySchemaVersion();
            place.awaitReady();
          } else if (place.operator() == OperatorIs.UP) {
            prepare(place);
            apply(place);
          }
        });
    AtOnce.each(with(OperatorIs.UP, Order.RESOURCE_FIRST), Place::applyWorkloads);
    AtOnce.each(with(OperatorIs.UP), Course::awaitEnd);
    down();
    killed();
  }

  private void down() {
    installation.scale(0);
    AtOnce.each(
        with(OperatorIs.DOWN),
        place -> {
          prepare(place);
          apply(place);
          // Policies let a satisfied workload start by themselves. Gates of manifests wait.
          if (place.order() == Order.RESOURCE_FIRST && place.policiesGate()) {
            awaitEnd(place);
          } else {
            place.awaitHeld(Need.values());
            assertThat(place.started()).as(place.namespace()).isEmpty();
          }
        });
    installation.scale(2);
    AtOnce.each(with(OperatorIs.DOWN), Course::awaitEnd);
  }

  private void killed() {
    var unsynced =
        List.of(Order.WORKLOAD_FIRST, Order.TOGETHER).stream()
            .flatMap(order -> with(OperatorIs.KILLED, order))
            .toList();
    // In two steps, so that both are at work when it happens.
    AtOnce.each(unsynced.stream(), Course::prepare);
    AtOnce.each(
        unsynced.stream(),
        place -> {
          apply(place);
          place.awaitSyncStarted();
        });
    installation.kill();
    AtOnce.each(with(OperatorIs.KILLED, Order.RESOURCE_FIRST), Place::applyWorkloads);
    installation.awaitRollout();
    AtOnce.each(with(OperatorIs.KILLED), Course::awaitEnd);
  }

  /** Applies the objects that come first in the order. */
  private static void prepare(Place place) {
    if (place.order() == Order.WORKLOAD_FIRST) {
      place.applyWorkloads();
      place.awaitHeld(Need.values());
    }
  }

  /** Applies the other objects. */
  private static void apply(Place place) {
    switch (place.order()) {
      case WORKLOAD_FIRST -> place.applySchemaVersion();
      case RESOURCE_FIRST -> place.applyWorkloads();
      case TOGETHER -> place.applyTogether();
    }
  }

  private static void awaitEnd(Place place) {
    place.awaitStarted();
    place.awaitHeld(Need.UNSATISFIED);
  }

  private Stream<Place> with(OperatorIs operator) {
    return places.stream().filter(place -> place.operator() == operator);
  }

  private Stream<Place> with(OperatorIs operator, Order order) {
    return with(operator).filter(place -> place.order() == order);
  }
}
