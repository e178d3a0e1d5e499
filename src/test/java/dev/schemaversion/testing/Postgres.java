package dev.schemaversion.testing;

import dev.schemaversion.contract.request.RequestedScratch;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL for tests without a container: one server for the JVM (and one of PostgreSQL 18
 * on demand), one database with its own owner for each test. Ordinary users log in with a password;
 * the server supports TLS.
 */
public final class Postgres {
  /** The password of every user of {@link Database}. */
  public static final String PASSWORD = "correct horse battery staple";

  /** The number of used databases that are not dropped yet, more than a test uses at a time. */
  private static final int MAX_USED = 4;

  private static final Queue<Database> USED = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static final String ACCESS =
      """
      local all all trust
      host all postgres all trust
      host all all all scram-sha-256
      """;

  private final EmbeddedPostgres server;
  private final Path certificate;

  private Postgres(EmbeddedPostgres.Builder builder) throws IOException {
    var folder = Files.createTempDirectory("postgres-tls");
    folder.toFile().deleteOnExit();
    certificate = folder.resolve("ca.crt");
    server =
        builder
            .setServerConfig("max_connections", "60")
            .setServerConfig("ssl", "on")
            .setDataDirectoryCustomizer(this::prepare)
            .start();
    certificate.toFile().deleteOnExit();
  }

  private void prepare(File data) {
    try {
      Files.writeString(data.toPath().resolve("pg_hba.conf"), ACCESS);
      Certificates.selfSigned(data.toPath(), "localhost");
      Files.copy(data.toPath().resolve("server.crt"), certificate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EmbeddedPostgres.Builder of15() {
    return quiet(EmbeddedServers.postgres15());
  }

  private static EmbeddedPostgres.Builder of18() {
    return quiet(EmbeddedServers.postgres18());
  }

  /** So that a dump does not change without a write. */
  private static EmbeddedPostgres.Builder quiet(EmbeddedPostgres.Builder server) {
    return server.setServerConfig("autovacuum", "off");
  }

  private static Postgres real(EmbeddedPostgres.Builder builder) {
    try {
      return new Postgres(builder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RequestedScratch scratch(EmbeddedPostgres.Builder builder) {
    try {
      return new RequestedScratch("localhost", builder.start().getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Holder {
    static final Postgres SERVER = real(of15());
  }

  private static final class ScratchHolder {
    static final RequestedScratch SERVER = scratch(of15());
  }

  private static final class Holder18 {
    static final Postgres SERVER = real(of18());
    static final RequestedScratch SCRATCH = scratch(of18());
  }

  /** A scratch server of the same version. */
  public static RequestedScratch scratch() {
    return ScratchHolder.SERVER;
  }

  /** A scratch server for {@link #fresh18}. */
  public static RequestedScratch scratch18() {
    return Holder18.SCRATCH;
  }

  /** A new empty database. */
  public static Database fresh() {
    return fresh(Holder.SERVER);
  }

  /** A new empty database of PostgreSQL 18. */
  public static Database fresh18() {
    return fresh(Holder18.SERVER);
  }

  private static Database fresh(Postgres server) {
    var name = "db" + COUNT.incrementAndGet();
    var database = new Database(server, name, "owner_of_" + name);
    database.on(
        "postgres",
        "CREATE ROLE " + database.user() + " LOGIN PASSWORD '" + PASSWORD + "'",
        "CREATE DATABASE " + name + " OWNER " + database.user());
    // each has three hundred files, and deleting all of them at the end would exceed the build's
    // timeout for the exit of the tests
    USED.add(database);
    if (USED.size() > MAX_USED) {
      var oldest = USED.remove();
      oldest.on("postgres", "DROP DATABASE " + oldest.name() + " WITH (FORCE)");
    }
    return database;
  }

  /**
   * The database of one test.
   *
   * @param postgres the server of the database
   * @param name the name of the database
   * @param user the owner, who logs in with {@link #PASSWORD}
   */
  public record Database(Postgres postgres, String name, String user) implements TestDatabase {
    @Override
    public int port() {
      return postgres.server.getPort();
    }

    @Override
    public String password() {
      return PASSWORD;
    }

    @Override
    public Path certificate() {
      return postgres.certificate;
    }

    @Override
    public Connection connect() throws SQLException {
      return connect(name, "postgres");
    }

    @Override
    public Connection connectAsOwner() throws SQLException {
      return connect(name, user);
    }

    private Connection connect(String database, String as) throws SQLException {
      return DriverManager.getConnection(url(database), as, PASSWORD);
    }

    @Override
    public String url() {
      return url(name);
    }

    private String url(String database) {
      return "jdbc:postgresql://localhost:" + port() + "/" + database + "?sslmode=disable";
    }

    @Override
    public Database admin(String... statements) {
      TestDatabase.super.admin(statements);
      return this;
    }

    @Override
    public Database execute(String... statements) {
      TestDatabase.super.execute(statements);
      return this;
    }

    private void on(String database, String... statements) {
      TestDatabase.run(() -> connect(database, "postgres"), statements);
    }

    /**
     * Dumps catalog and rows including transaction ids: two dumps are equal if no session wrote in
     * between.
     */
    @Override
    public List<String> dump() {
      var lines = new ArrayList<String>();
      for (var catalog :
          List.of(
              "pg_namespace",
              "pg_proc",
              "pg_type",
              "pg_attribute",
              "pg_constraint",
              "pg_depend",
              "pg_attrdef",
              "pg_trigger")) {
        lines.addAll(
            query("SELECT '" + catalog + " ' || c FROM " + catalog + " c ORDER BY c::text"));
      }
      lines.addAll(
          query(
              "SELECT 'pg_class ' || ROW(oid, relname, relnamespace, relkind, relowner,"
                  + " relfilenode, relacl) FROM pg_class ORDER BY oid"));
      for (var table :
          query(
              "SELECT oid::regclass FROM pg_class WHERE relkind IN ('r', 'm') AND relnamespace NOT"
                  + " IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)"
                  + " AND relname NOT LIKE 'pg_toast%' ORDER BY 1")) {
        lines.addAll(query("SELECT '" + table + " ' || ROW(xmin, ctid, t) FROM " + table + " t"));
      }
      return lines;
    }
  }
}
