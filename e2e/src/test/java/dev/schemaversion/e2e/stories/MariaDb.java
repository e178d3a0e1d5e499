package dev.schemaversion.e2e.stories;

import dev.schemaversion.e2e.Glance;
import java.util.List;
import java.util.Locale;

/**
 * The MariaDB or MySQL that a story's environment brings, asked from inside of its pod.
 *
 * @param glance the story
 * @param product which of the two it is
 */
public record MariaDb(Glance glance, Product product) {
  /** The two servers: the same SQL, as far as tests use it, and programs of other names. */
  public enum Product {
    MARIADB("MariaDB", "mariadbd", "mariadb", "mariadb-dump", "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD"),
    // Without rights on the server, mysqldump reports that it cannot read the tablespaces.
    MYSQL("MySQL", "mysqld", "mysql", "mysqldump --no-tablespaces", "MYSQL_ALLOW_EMPTY_PASSWORD");

    private final String engine;
    private final String server;
    private final String client;
    private final String dump;
    private final String emptyRootPassword;

    Product(String engine, String server, String client, String dump, String emptyRootPassword) {
      this.engine = engine;
      this.server = server;
      this.client = client;
      this.dump = dump;
      this.emptyRootPassword = emptyRootPassword;
    }

    /** Its name as {@code spec.database.engine} has it. */
    public String engine() {
      return engine;
    }

    /** Its image, which is also a part of the names of the example's folders. */
    public String image() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The program that serves. */
    public String server() {
      return server;
    }

    /** The program that runs SQL. */
    public String client() {
      return client;
    }

    /** The program that writes a database as SQL, with the options that it always needs. */
    public List<String> dump() {
      return List.of(dump.split(" ", -1));
    }

    /** Its image's variable that lets root in without a password, in place of a random one. */
    public String emptyRootPassword() {
      return emptyRootPassword;
    }

    /** Its image's variable that gives root a random password. */
    public String randomRootPassword() {
      return name() + "_RANDOM_ROOT_PASSWORD";
    }
  }

  /** The Deployment of either. */
  public static final String DEPLOYMENT = "deployment/database";

  /** Options of both clients, which otherwise have other defaults in each image. */
  public static final List<String> CLIENT =
      List.of("--no-defaults", "--socket=/run/mysqld/mysqld.sock");

  private static final String AS_OWNER =
      "exec %s %s --default-character-set=utf8mb4 -u\"$DB_USER\" -p\"$DB_PASSWORD\" %s \"$DB_DATABASE\"";

  /** The MariaDB of a story. */
  public MariaDb(Glance glance) {
    this(glance, Product.MARIADB);
  }

  /** Runs SQL as the database's owner, and returns the rows, one a line, columns after tabs. */
  public List<String> query(String sql) {
    return run(List.of(product.client()), "--batch --skip-column-names", sql).lines().toList();
  }

  /** The whole database as text. */
  public String dump() {
    return run(
        product.dump(), "--routines --events --triggers --order-by-primary --skip-dump-date", "");
  }

  private String run(List<String> program, String options, String input) {
    // The client reads these first.
    var first = program.getFirst() + " " + String.join(" ", CLIENT);
    var rest = String.join(" ", program.subList(1, program.size()));
    return glance.kubectlWithInput(
        input,
        "exec",
        "-i",
        DEPLOYMENT,
        "--",
        "sh",
        "-c",
        AS_OWNER.formatted(first, rest, options).replace("$DB_", "$" + product.name() + "_"));
  }
}
