package dev.schemaversion.decide.gate;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The version of a database as its SchemaVersion records it for workloads. It satisfies a
 * requirement by the same rule as in the admission policies.
 *
 * @param exists whether the resource exists
 * @param present the proven version, or null
 * @param target the version to which a sync is about to take the database, or null
 * @param reached the names at or below the present version, the newest first; null if the versions
 *     are numbers
 * @param ahead the names that are below neither the present version nor the target, the nearest
 *     first, or null
 * @param order the order of the versions; only messages depend on it
 */
public record RecordedVersion(
    boolean exists,
    String present,
    String target,
    List<String> reached,
    List<String> ahead,
    VersionOrder order) {
  /** The resource does not exist. */
  public static final RecordedVersion NONE = new RecordedVersion(false, null, null);

  /** Creates a record whose versions are numbers. */
  public RecordedVersion(boolean exists, String present, String target) {
    this(exists, present, target, null, null, VersionOrder.NUMBERS);
  }

  /** Returns the record for a status that is about to be written. */
  public static RecordedVersion of(VersionOrder order, String present, String target) {
    boolean named = order.byName() && order.knows(present);
    return named
        ? new RecordedVersion(
            true,
            present,
            target,
            order.reached(present),
            nullIfEmpty(order.ahead(present, target)),
            order)
        : new RecordedVersion(true, order.byName() ? null : present, target);
  }

  /** The API server does not return empty lists, so the record has none either. */
  private static List<String> nullIfEmpty(List<String> list) {
    return list.isEmpty() ? null : list;
  }

  /**
   * Returns the version in a status, by the same rule as the admission policies: the status counts
   * only while it belongs to the current generation, because a changed spec may name another
   * database, or order the versions otherwise.
   */
  public static RecordedVersion in(SchemaVersion resource) {
    var metadata = resource.getMetadata();
    var status = resource.getStatus();
    boolean current =
        status != null
            && metadata.getDeletionTimestamp() == null
            && metadata.getGeneration().equals(status.observedGeneration());
    if (!current) {
      return new RecordedVersion(true, null, null);
    }
    return status.reached() == null
        ? new RecordedVersion(true, status.version(), status.target())
        : new RecordedVersion(
            true,
            status.version(),
            status.target(),
            status.reached(),
            status.ahead(),
            VersionOrder.of(resource.getSpec()));
  }

  private boolean named() {
    return reached != null;
  }

  /** Returns whether the version of the database is known. */
  boolean known() {
    return named()
        ? present != null && !reached.isEmpty() && present.equals(reached.getFirst())
        : order.knows(present);
  }

  /** Returns whether the database has reached a version. */
  boolean satisfiesMin(String min) {
    return named() ? reached.contains(min) : order.atMost(min, present);
  }

  /**
   * Returns whether neither the database nor the sync that is about to run is above a version. A
   * target that is not known counts as above it, because it could be any version.
   */
  boolean satisfiesMax(String max) {
    return named()
        ? ahead != null && ahead.contains(max) && belongsToVersions(ahead.getFirst())
        : versions().allMatch(version -> order.atMost(version, max));
  }

  /**
   * Returns whether a name is the higher one of present version and target: otherwise the lists
   * were written for other versions.
   */
  private boolean belongsToVersions(String highest) {
    return versions().anyMatch(version -> version.equals(highest))
        && versions().allMatch(version -> version.equals(highest) || reached.contains(version));
  }

  private Stream<String> versions() {
    return target == null ? Stream.ofNullable(present) : Stream.of(present, target);
  }

  /** Returns whether a sync is about to take the database to another version. */
  boolean leaves() {
    return target != null && !Objects.equals(present, target) && !order.same(present, target);
  }
}
