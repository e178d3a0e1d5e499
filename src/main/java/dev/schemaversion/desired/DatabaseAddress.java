package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.DatabaseSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import java.util.LinkedHashMap;

/**
 * Computes the digest of a database's address. A recorded state is valid for one address. If host
 * or name come from the Secret, the reference to the Secret replaces them, and the runner detects a
 * changed database by its identity.
 */
public final class DatabaseAddress {
  private DatabaseAddress() {}

  /** Returns the digest, {@code sha256:<hex>}. */
  public static String of(SchemaVersionSpec spec) {
    DatabaseSpec database = spec.database();
    var address = new LinkedHashMap<String, Object>();
    address.put("engine", database.engine());
    address.put("host", database.host());
    address.put("port", database.port());
    address.put("name", database.name());
    address.put("schemas", database.schemas());
    address.put("table", FlywayRequest.of(spec).table());
    if (database.host() == null || database.name() == null) {
      address.put("secret", database.secretRef());
    }
    return "sha256:" + Digest.of(address);
  }
}
