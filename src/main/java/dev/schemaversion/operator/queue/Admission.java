package dev.schemaversion.operator.queue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Decides which waiting resources get the free places. The next one is of the namespace with the
 * fewest Jobs, so that a namespace with hundreds of resources does not delay the others; in a
 * namespace, the one that has waited longest. One that does not fit, because its namespace or its
 * server is full, keeps no other from a place.
 */
final class Admission {
  private Admission() {}

  /**
   * Returns those that get a place, in their order.
   *
   * @param occupancy the occupied places; those of the admitted ones are added
   */
  static List<Waiter> admit(Collection<Waiter> waiting, Occupancy occupancy) {
    var admitted = new ArrayList<Waiter>();
    var rest = new ArrayList<>(waiting);
    while (!occupancy.isFull()) {
      // A place that is full stays full.
      rest.removeIf(waiter -> !occupancy.hasRoomFor(waiter.place()));
      var next =
          rest.stream()
              .min(
                  Comparator.comparing((Waiter waiter) -> occupancy.inNamespaceOf(waiter.place()))
                      .thenComparing(Waiter.OLDEST_FIRST));
      if (next.isEmpty()) {
        break;
      }
      rest.remove(next.get());
      occupancy.add(next.get().place());
      admitted.add(next.get());
    }
    return admitted;
  }
}
