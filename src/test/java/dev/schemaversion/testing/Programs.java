package dev.schemaversion.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.mariadb.MariaDb.Product;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The server programs for {@link MariaDb}: MariaDB's, which the build unpacks, or MySQL's from the
 * folder in the environment variable {@code MYSQL_PROGRAMS}, which contains {@code mysqld}, {@code
 * mysql} and {@code mysqldump}, such as the one that {@code e2e/mysql} prints.
 */
abstract class Programs {
  /** Returns the programs that the tests use. */
  static final Programs GIVEN =
      System.getenv("MYSQL_PROGRAMS") == null ? new OfMariaDb() : new OfMySql();

  private final Product product;
  private final Path folder;
  private final List<String> names;
  private final List<String> plainText;

  Programs(Product product, Path folder, List<String> names, List<String> plainText) {
    this.product = product;
    this.folder = folder;
    this.names = names;
    this.plainText = plainText;
  }

  private static final class OfMariaDb extends Programs {
    private static final Path ROOT = Path.of("target", "mariadb").toAbsolutePath();

    OfMariaDb() {
      super(
          Product.MARIADB,
          ROOT.resolve("bin"),
          List.of("mariadbd", "mariadb", "mariadb-dump"),
          List.of("--skip-ssl"));
    }

    @Override
    List<String> place() {
      return List.of("--basedir=" + ROOT, "--lc-messages-dir=" + ROOT.resolve("share"));
    }

    @Override
    List<String> serving() {
      return List.of("--skip-name-resolve", "--innodb-log-file-size=16M");
    }

    /** Initialises the data folder like {@code mariadb-install-db}, without help texts. */
    @Override
    void fill(Path folder) throws IOException {
      Files.createDirectory(folder.resolve("data"));
      var sql =
          new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n");
      for (var part : List.of("system_tables", "performance_tables", "system_tables_data")) {
        sql.append(Files.readString(ROOT.resolve("share").resolve("mariadb_" + part + ".sql")));
      }
      await(process(folder, "--bootstrap").start(), folder, sql.toString());
    }
  }

  private static final class OfMySql extends Programs {
    OfMySql() {
      super(
          Product.MYSQL,
          Path.of(System.getenv("MYSQL_PROGRAMS")).toAbsolutePath(),
          List.of("mysqld", "mysql", "mysqldump"),
          List.of("--ssl-mode=DISABLED"));
    }

    @Override
    List<String> place() {
      return List.of("--secure-file-priv=NULL");
    }

    @Override
    List<String> serving() {
      return List.of(
          "--mysqlx=OFF",
          "--innodb-redo-log-capacity=32M",
          // like the MariaDB of the other tests, which has no binary log
          "--log-bin-trust-function-creators=1");
    }

    @Override
    void fill(Path folder) throws IOException {
      await(process(folder, "--initialize-insecure").start(), folder, "");
    }

    @Override
    List<String> dump() {
      var command = super.dump();
      command.add("--set-gtid-purged=OFF");
      return command;
    }
  }

  Product product() {
    return product;
  }

  /** The options for the paths of its files. */
  abstract List<String> place();

  /** The additional options of the running server. */
  abstract List<String> serving();

  /** Initialises the data folder, with the superuser {@code root} without a password. */
  abstract void fill(Path folder) throws IOException;

  /** Returns the process of a server, not started, with additional options. */
  ProcessBuilder process(Path folder, String... options) {
    var command = new ArrayList<String>();
    if (System.getProperty("user.name").equals("root")) {
      // the server refuses to run as root; its files must belong to a user that it knows
      command.addAll(List.of("unshare", "--user", "--map-user=1000", "--map-group=1000"));
    }
    command.addAll(List.of(program(0), "--no-defaults"));
    command.addAll(place());
    command.addAll(
        List.of(
            "--datadir=" + folder.resolve("data"),
            "--tmpdir=" + folder,
            "--innodb-buffer-pool-size=64M",
            "--innodb-flush-log-at-trx-commit=0"));
    command.addAll(Arrays.asList(options));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
  }

  /** The program that runs SQL. */
  List<String> client() {
    return client(program(1));
  }

  /** The program that writes a schema as SQL. */
  List<String> dump() {
    return client(program(2));
  }

  private List<String> client(String program) {
    var command = new ArrayList<>(List.of(program, "--no-defaults"));
    command.addAll(plainText);
    return command;
  }

  private String program(int which) {
    var program = folder.resolve(names.get(which));
    if (!program.toFile().setExecutable(true)) {
      throw new AssertionError("There is no " + program + ": the build puts it there");
    }
    return program.toString();
  }

  private static void await(Process process, Path folder, String input) throws IOException {
    try (var stream = process.getOutputStream()) {
      stream.write(input.getBytes(StandardCharsets.UTF_8));
    }
    try {
      assertThat(process.waitFor()).as(() -> MariaDbServer.log(folder)).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
