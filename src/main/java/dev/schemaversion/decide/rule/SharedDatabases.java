package dev.schemaversion.decide.rule;

import dev.schemaversion.api.v1alpha1.FlywaySpec;
import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.DatabaseStatus;
import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.decide.ReconcileContext;
import dev.schemaversion.decide.SpecValidation;
import dev.schemaversion.desired.DatabaseAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Detects SchemaVersions that manage the same history in the same database, and so would migrate it
 * against each other. The oldest one proceeds, and the others are stalled. SchemaVersions with
 * different schemas or history tables do not conflict.
 */
public final class SharedDatabases {
  /** The order of precedence: the first SchemaVersion proceeds. */
  public static final Comparator<SchemaVersion> OLDEST_FIRST =
      Comparator.comparing(
              (SchemaVersion resource) ->
                  String.valueOf(resource.getMetadata().getCreationTimestamp()))
          .thenComparing(resource -> String.valueOf(resource.getMetadata().getUid()));

  /**
   * The most other SchemaVersions that are considered, the oldest ones first. Only the oldest one
   * blocks the others, and a tenant may create thousands.
   */
  public static final int MAX_CONSIDERED = 5;

  private SharedDatabases() {}

  /**
   * Returns the keys of a resource: two resources with a common key share a database. The address
   * is a key within a namespace, where host names are unambiguous; the identifier that the server
   * reports is a key everywhere.
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

  /** Returns the schema with the history table. */
  private static String schema(SchemaVersionSpec spec) {
    var schemas = spec.database().schemas();
    return schemas == null || schemas.isEmpty() ? "" : String.valueOf(schemas.getFirst());
  }

  private static String table(SchemaVersionSpec spec) {
    var flyway = Objects.requireNonNullElse(spec.migrations().flyway(), FlywaySpec.DEFAULT);
    return Objects.requireNonNullElse(flyway.table(), FlywaySpec.DEFAULT.table());
  }

  /** Returns the older SchemaVersion that blocks this one; empty if this one may proceed. */
  public static Optional<SchemaVersion> blockedBy(ReconcileContext context) {
    return context.cluster().sharedWith().stream()
        .filter(other -> OLDEST_FIRST.compare(other, context.cluster().resource()) < 0)
        .min(OLDEST_FIRST)
        .filter(other -> !context.annotation(Names.SHARES_WITH).equals(name(other)));
  }

  /** Returns a note on younger SchemaVersions that this one blocks, to append to its message. */
  public static String note(ReconcileContext context) {
    var others =
        context.cluster().sharedWith().stream()
            .filter(other -> OLDEST_FIRST.compare(other, context.cluster().resource()) > 0)
            .sorted(OLDEST_FIRST)
            .map(SharedDatabases::name)
            .collect(Collectors.joining(", "));
    return others.isEmpty()
        ? ""
        : "; the younger SchemaVersion %s%s manages the same database and is blocked"
            .formatted(
                others,
                context.cluster().sharedWith().size() < MAX_CONSIDERED
                    ? ""
                    : " and possibly others");
  }

  /**
   * Returns the highest version to which the older SchemaVersion may take the database, or null.
   */
  public static String target(ReconcileContext context) {
    return blockedBy(context)
        .map(
            other -> {
              var status = other.getStatus();
              var wanted = other.getSpec().version();
              var versions = context.versions();
              return status == null
                  ? wanted
                  : versions.highest(versions.highest(wanted, status.target()), status.version());
            })
        .orElse(null);
  }

  /** Returns {@code namespace/name}. */
  static String name(SchemaVersion resource) {
    return resource.getMetadata().getNamespace() + "/" + resource.getMetadata().getName();
  }
}
