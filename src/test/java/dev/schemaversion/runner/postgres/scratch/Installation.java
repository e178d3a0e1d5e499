package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.testing.Certificates;
import dev.schemaversion.testing.EmbeddedServers;
import dev.schemaversion.testing.Postgres18;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The versions of PostgreSQL that proofs are tested on. */
public enum Installation {
  POSTGRES_15,
  POSTGRES_18;

  /** Ordinary users of a real server need their password; its superuser does not. */
  private static final String ACCESS =
      """
      local all all trust
      host all postgres,schemaversion_scratch,schemaversion_takeover all trust
      host all all all scram-sha-256
      """;

  private static final Map<Installation, RealServer> REAL = new ConcurrentHashMap<>();
  private static final Map<Installation, EmbeddedPostgres> BESIDE = new ConcurrentHashMap<>();
  private static final Map<Installation, Scratch> SCRATCH = new ConcurrentHashMap<>();

  public int major() {
    return this == POSTGRES_15 ? 15 : 18;
  }

  /** A pg_dump of the same version. */
  public String dump() {
    return this == POSTGRES_15 ? "pg_dump" : Postgres18.programs().resolve("pg_dump").toString();
  }

  /** The real server, one for all tests. */
  public RealServer real() {
    return REAL.computeIfAbsent(
        this,
        at -> new RealServer(start(builder().setDataDirectoryCustomizer(Installation::secure))));
  }

  /** The scratch server, one for all tests. */
  public Scratch scratch() {
    return SCRATCH.computeIfAbsent(this, at -> Scratch.connect(address(), Duration.ofMinutes(1)));
  }

  /** The scratch server's address. */
  RequestedScratch address() {
    var server = BESIDE.computeIfAbsent(this, at -> start(builder()));
    return new RequestedScratch("localhost", server.getPort());
  }

  EmbeddedPostgres.Builder builder() {
    return this == POSTGRES_15 ? EmbeddedServers.postgres15() : EmbeddedServers.postgres18();
  }

  static EmbeddedPostgres start(EmbeddedPostgres.Builder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void secure(File data) {
    try {
      Files.writeString(data.toPath().resolve("pg_hba.conf"), ACCESS);
      Certificates.selfSigned(data.toPath(), "localhost");
      Files.writeString(
          data.toPath().resolve("postgresql.auto.conf"), "ssl = on\nlog_destination = stderr\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
