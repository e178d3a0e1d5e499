package dev.schemaversion.cli.option;

import dev.schemaversion.api.v1alpha1.DatabaseSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The database, and how to connect to it. Fields that are not set are null. */
final class DatabaseOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "The URL of the database, without a password: postgresql://user@host:5432/name, also with"
              + " jdbc: in front. By default the environment variable DATABASE_URL, in which a"
              + " password may stand.")
  String url;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = "PostgreSQL, MariaDB or MySQL. By default what the URL or the manifest says.")
  DatabaseSpec.Engine engine;

  @Option(names = "--host", paramLabel = "HOST", description = "The host of the server.")
  String host;

  @Option(names = "--port", paramLabel = "PORT", description = "The TCP port of the server.")
  Integer port;

  @Option(names = "--database", paramLabel = "NAME", description = "The name of the database.")
  String database;

  @Option(names = "--username", paramLabel = "USER", description = "The user to connect as.")
  String username;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "The file with the password. By default the environment variable SCHEMAVERSION_PASSWORD,"
              + " or the password in DATABASE_URL.")
  Path passwordFile;

  @Option(
      names = "--schema",
      paramLabel = "SCHEMA",
      split = ",",
      description =
          "A schema that the migrations own (PostgreSQL); can be repeated. Defaults to public.")
  List<String> schemas;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "The role to assume after login (PostgreSQL).")
  String role;

  @Option(
      names = "--tls-mode",
      paramLabel = "MODE",
      description =
          "Disable, Prefer, Require, VerifyCA or VerifyFull, with the meanings of libpq's sslmode."
              + " Defaults to Prefer.")
  DatabaseSpec.TlsMode tlsMode;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "The certificate authority in PEM format, for VerifyCA and VerifyFull.")
  Path authority;

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "A connection parameter: connectTimeout or channelBinding.")
  Map<String, String> parameters;
}
