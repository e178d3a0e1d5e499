package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Names the server of a database, as far as the operator knows it, to count the Jobs that work on
 * it. If the Secret has the host, the name is that of the Secret, because the operator reads none.
 */
public final class DatabaseServer {
  /** The end of a Service's name, which clients may leave out. */
  private static final Pattern SERVICE = Pattern.compile("\\.svc(\\.cluster\\.local)?$");

  private DatabaseServer() {}

  /** Returns {@code host:port}, or {@code Secret namespace/name}. */
  public static String of(SchemaVersion resource) {
    var database = resource.getSpec().database();
    var namespace = resource.getMetadata().getNamespace();
    return database.host() == null
        ? "Secret %s/%s".formatted(namespace, database.secretRef().name())
        : host(database.host(), namespace)
            + ":"
            + Objects.requireNonNullElse(database.port(), database.engine().defaultPort());
  }

  /** A name without a dot or a colon is that of a Service in the same namespace. */
  private static String host(String host, String namespace) {
    var name = SERVICE.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
    return name.contains(".") || name.contains(":") ? name : name + "." + namespace;
  }
}
