package dev.schemaversion.cli.scratch;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts MariaDB or MySQL. */
record MariaDbRecipe(ServerPrograms programs, Engine engine) implements Recipe {
  /** What {@code mariadb-install-db} runs too, which some distributions do not have. */
  private static final List<String> SYSTEM =
      List.of("system_tables", "performance_tables", "system_tables_data");

  @Override
  public List<String> users() {
    return List.of("mysql");
  }

  @Override
  public String secret(String password) {
    return Stream.of("localhost", "127.0.0.1", "::1")
        .map(
            host ->
                "ALTER USER IF EXISTS 'root'@'%s' IDENTIFIED BY '%s';\n".formatted(host, password))
        .collect(Collectors.joining());
  }

  @Override
  public Preparation preparing(Path folder, Path secret) {
    if (engine == Engine.MySQL) {
      return new Preparation(
          server(
              folder,
              "--initialize-insecure",
              "--secure-file-priv=NULL",
              "--innodb-flush-method=nosync",
              "--innodb-doublewrite=OFF"),
          "");
    }
    var installer = programs.beside("mariadb-install-db", "mysql_install_db");
    return installer.contains("/")
        ? new Preparation(
            List.of(
                installer,
                "--no-defaults",
                "--datadir=" + folder.resolve("data"),
                "--tmpdir=" + folder,
                "--auth-root-authentication-method=normal",
                "--skip-test-db"),
            "")
        : new Preparation(
            server(folder, "--bootstrap", "--innodb-flush-method=nosync"), systemTables());
  }

  private String systemTables() {
    var sql =
        new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n");
    for (var part : SYSTEM) {
      var name = "mariadb_" + part + ".sql";
      var file =
          Stream.of("share", "share/mariadb", "share/mysql")
              .map(folder -> programs.home().resolve(folder).resolve(name))
              .filter(Files::isReadable)
              .findFirst()
              .orElseThrow(
                  () ->
                      new ScratchFailure(
                          "Beside %s there is neither mariadb-install-db nor %s. Name a server with --scratch-url."
                              .formatted(programs.server(), name)));
      try {
        sql.append(Files.readString(file));
      } catch (IOException e) {
        throw new ScratchFailure(file + " cannot be read.", e);
      }
    }
    return sql.toString();
  }

  @Override
  public List<String> serving(Path folder, Path secret, int port) {
    var command =
        server(
            folder,
            "--bind-address=127.0.0.1",
            "--port=" + port,
            "--socket=" + folder.resolve("socket"),
            "--pid-file=" + folder.resolve("pid"),
            "--init-file=" + secret);
    command.addAll(ServerArguments.tuning(engine));
    return command;
  }

  private List<String> server(Path folder, String... options) {
    var command = new ArrayList<>(List.of(programs.server().toString(), "--no-defaults"));
    var messages = programs.home().resolve("share");
    if (engine == Engine.MariaDB && Files.isDirectory(messages.resolve("english"))) {
      // An unpacked archive does not stand where it was built for.
      command.addAll(List.of("--basedir=" + programs.home(), "--lc-messages-dir=" + messages));
    }
    command.addAll(List.of("--datadir=" + folder.resolve("data"), "--tmpdir=" + folder));
    command.addAll(Arrays.asList(options));
    return command;
  }
}
