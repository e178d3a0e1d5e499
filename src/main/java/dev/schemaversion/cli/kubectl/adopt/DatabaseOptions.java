package dev.schemaversion.cli.kubectl.adopt;

import dev.schemaversion.api.v1alpha1.DatabaseSpec;
import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import dev.schemaversion.api.v1alpha1.DatabaseSpec.SecretKeys;
import dev.schemaversion.api.v1alpha1.DatabaseSpec.SecretRef;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say where the database is. */
final class DatabaseOptions {
  @Option(
      names = "--secret",
      required = true,
      paramLabel = "SECRET",
      description = "The Secret with the login. This program does not read it.")
  private String secret;

  @Option(
      names = "--uri-key",
      paramLabel = "KEY",
      description = "The key of a URL in the Secret, such as DATABASE_URL.")
  private String uriKey;

  @Option(
      names = "--engine",
      defaultValue = "PostgreSQL",
      paramLabel = "ENGINE",
      description = "One of PostgreSQL, MariaDB and MySQL. Defaults to PostgreSQL.")
  private Engine engine;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The host. Defaults to that of the Secret.")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port. Defaults to that of the Secret.")
  private Integer port;

  @Option(
      names = "--database",
      paramLabel = "DATABASE",
      description = "The name of the database. Defaults to that of the Secret.")
  private String database;

  @Option(
      names = "--schemas",
      split = ",",
      paramLabel = "SCHEMA",
      description = "PostgreSQL: the schemas of the migrations. Defaults to public.")
  private List<String> schemas;

  DatabaseSpec spec() {
    var keys = uriKey == null ? null : new SecretKeys(null, null, null, null, null, uriKey);
    return new DatabaseSpec(
        engine, host, port, database, schemas, null, new SecretRef(secret, keys), null, null);
  }
}
