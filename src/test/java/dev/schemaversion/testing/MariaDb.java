package dev.schemaversion.testing;

import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.runner.mariadb.MariaDb.Product;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * A real MariaDB, or the MySQL that {@link Programs} finds, for tests without a container: one
 * server for the JVM, one database with its own owner for each test. Owners log in with a password;
 * the server supports TLS.
 */
public final class MariaDb {
  /** The password of every user of {@link Database}. */
  public static final String PASSWORD = Postgres.PASSWORD;

  /** The server writes a binary log. */
  public static final String LOGGING = "--log-bin=log";

  private static final AtomicInteger COUNT = new AtomicInteger();

  private MariaDb() {}

  private static final class Holder {
    static final MariaDbServer SERVER = MariaDbServer.start();
  }

  private static final class ScratchHolder {
    static final MariaDbServer SERVER = MariaDbServer.start(LOGGING);
  }

  /** The product of the server. */
  public static Product product() {
    return Programs.GIVEN.product();
  }

  /** The first two numbers of its version. */
  public static String release() {
    if (product() == Product.MARIADB) {
      return "11.4";
    }
    var version = fresh().query("SELECT VERSION()").getFirst().split("\\.", -1);
    return version[0] + "." + version[1];
  }

  /** The name of the engine. */
  public static String engine() {
    return new dev.schemaversion.runner.mariadb.MariaDb(product()).name();
  }

  /** Skips a test about a feature that MySQL lacks or implements differently. */
  public static void onlyMariaDb(String because) {
    Assumptions.assumeTrue(product() == Product.MARIADB, because);
  }

  /** A scratch server of the same version. */
  public static RequestedScratch scratch() {
    return new RequestedScratch("localhost", ScratchHolder.SERVER.port());
  }

  /** The server on which {@link #fresh()} creates databases. */
  public static MariaDbServer server() {
    return Holder.SERVER;
  }

  /** A new empty database. */
  public static Database fresh() {
    return fresh(Holder.SERVER);
  }

  /** Creates a new empty database on a given server. */
  public static Database fresh(MariaDbServer server) {
    var name = "db" + COUNT.incrementAndGet();
    var database = new Database(server, name, "owner_of_" + name);
    TestDatabase.run(
        () -> server.connect("", "root", ""),
        "CREATE DATABASE " + name,
        "CREATE USER " + database.user() + " IDENTIFIED BY '" + PASSWORD + "'",
        "GRANT ALL ON " + name + ".* TO " + database.user());
    return database;
  }

  /**
   * The database of one test.
   *
   * @param server the server of the database
   * @param name the name of the database
   * @param user the owner, who logs in with {@link #PASSWORD} and has all rights in this database
   *     only
   */
  public record Database(MariaDbServer server, String name, String user) implements TestDatabase {
    @Override
    public int port() {
      return server.port();
    }

    @Override
    public String url() {
      return server.url(name);
    }

    @Override
    public String password() {
      return PASSWORD;
    }

    @Override
    public Path certificate() {
      return server.certificate();
    }

    @Override
    public Connection connect() throws SQLException {
      return server.connect(name, "root", "");
    }

    @Override
    public Connection connectAsOwner() throws SQLException {
      return server.connect(name, user, PASSWORD);
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

    @Override
    public List<String> dump() {
      return dump("--routines", "--events", "--triggers", "--order-by-primary").lines().toList();
    }

    /** Returns the output of the server's dump program, without dates. */
    public String dump(String... options) {
      var all = new ArrayList<>(List.of(options));
      all.add("--skip-dump-date");
      return server.dump(name, all);
    }

    /** Restores the output of {@link #dump}. */
    public Database restore(String dump) {
      server.execute(dump, name);
      return this;
    }
  }
}
