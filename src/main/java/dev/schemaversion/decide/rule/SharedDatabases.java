package dev.schemaversion.decide.rule;

import dev.schemaversion.api.v1alpha1.MigrationsSpec.FlywaySpec;
import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.DatabaseStatus;
import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.decide.ReconcileContext;
import dev.schemaversion.decide.SpecValidation;
import dev.schemaversion.decide.status.InterruptedSync;
import dev.schemaversion.desired.DatabaseAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * SchemaVersions that are about one history in one database, and so would move it past each other.
 * The oldest goes on as if it were alone; the others do nothing and say so. Other schemas, or
 * another history table, are another matter.
 */
public final class SharedDatabases {
  /** The order in which they may go on: the first of them does. */
  public static final Comparator<SchemaVersion> OLDEST_FIRST =
      Comparator.comparing(
              (SchemaVersion resource) ->
                  String.valueOf(resource.getMetadata().getCreationTimestamp()))
          .thenComparing(resource -> String.valueOf(resource.getMetadata().getUid()));

  /**
   * How many of the others are looked at, the oldest of them first. Only the oldest matters to a
   * younger one, and somebody may make thousands.
   */
  public static final int MOST_KNOWN = 5;

  private SharedDatabases() {}

  /**
   * By what they find each other: two that have one of these in common share a database. The
   * address counts within a namespace, where a host's name means the same; what the server has said
   * of itself counts everywhere.
   */
  public static List<String> keys(SchemaVersion resource) {
    if (SpecValidation.problem(resource).isPresent()) {
      return List.of();
    }
    var spec = resource.getSpec();
    var address = DatabaseAddress.of(spec);
    var keys = new ArrayList<String>();
    keys.add(resource.getMetadata().getNamespace() + " " + address);
    identity(resource, address)
        .map(database -> List.of(database.server(), database.name(), schema(spec), table(spec)))
        .ifPresent(identity -> keys.add(identity.toString()));
    return keys;
  }

  private static Optional<DatabaseStatus> identity(SchemaVersion resource, String address) {
    return Optional.ofNullable(resource.getStatus())
        .map(status -> status.database())
        .filter(database -> database.server() != null && database.name() != null)
        .filter(database -> !database.server().equals(DatabaseIdentity.UNKNOWN))
        .filter(database -> address.equals(database.address()));
  }

  /** The schema that has the history. */
  private static String schema(SchemaVersionSpec spec) {
    var schemas = spec.database().schemas();
    return schemas == null || schemas.isEmpty() ? "" : String.valueOf(schemas.getFirst());
  }

  private static String table(SchemaVersionSpec spec) {
    var flyway = Objects.requireNonNullElse(spec.migrations().flyway(), FlywaySpec.DEFAULT);
    return Objects.requireNonNullElse(flyway.table(), FlywaySpec.DEFAULT.table());
  }

  /** The one that goes on while this one does not; empty where this one may. */
  public static Optional<SchemaVersion> first(ReconcileContext context) {
    return context.cluster().sharing().stream()
        .filter(other -> OLDEST_FIRST.compare(other, context.cluster().resource()) < 0)
        .min(OLDEST_FIRST)
        .filter(other -> !context.annotation(Names.SHARES_WITH).equals(name(other)));
  }

  /** What is said beside how it stands with the one that goes on; or an empty text. */
  public static String beside(ReconcileContext context) {
    var others =
        context.cluster().sharing().stream()
            .filter(other -> OLDEST_FIRST.compare(other, context.cluster().resource()) > 0)
            .sorted(OLDEST_FIRST)
            .map(SharedDatabases::name)
            .collect(Collectors.joining(", "));
    return others.isEmpty()
        ? ""
        : "; the same database is named by SchemaVersion %s%s, which is younger and has to wait"
            .formatted(
                others, context.cluster().sharing().size() < MOST_KNOWN ? "" : " and maybe others");
  }

  /** The highest version that the one which goes on may take the database to, or null. */
  public static String target(ReconcileContext context) {
    return first(context)
        .map(
            other -> {
              var status = other.getStatus();
              var wanted = other.getSpec().version();
              return status == null
                  ? wanted
                  : InterruptedSync.highest(
                      InterruptedSync.highest(wanted, status.target()), status.version());
            })
        .orElse(null);
  }

  /** As people write it. */
  static String name(SchemaVersion resource) {
    return resource.getMetadata().getNamespace() + "/" + resource.getMetadata().getName();
  }
}
