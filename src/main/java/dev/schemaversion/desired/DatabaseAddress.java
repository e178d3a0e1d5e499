package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.DatabaseSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import java.util.LinkedHashMap;

/**
 * What leads to the database, as a digest. Evidence holds for one address; where host or name come
 * from the Secret, the Secret's name stands for them, and the runner notices the rest.
 */
public final class DatabaseAddress {
  private DatabaseAddress() {}

  /** The digest, {@code sha256:<hex>}. */
  public static String of(SchemaVersionSpec spec) {
    DatabaseSpec database = spec.database();
    var address = new LinkedHashMap<String, Object>();
    address.put("engine", database.engine());
    address.put("host", database.host());
    address.put("port", database.port());
    address.put("name", database.name());
    address.put("schemas", database.schemas());
    address.put("table", JobInputs.flyway(spec).table());
    if (database.host() == null || database.name() == null) {
      address.put("secret", database.secretRef());
    }
    return "sha256:" + Digest.of(address);
  }
}
