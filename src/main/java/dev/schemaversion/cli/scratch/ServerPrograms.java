package dev.schemaversion.cli.scratch;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The programs of a server on this machine.
 *
 * @param server the program of the server
 * @param version what it says its version is
 */
record ServerPrograms(Path server, String version) {
  private static final Pattern VERSION =
      Pattern.compile("(?:\\(PostgreSQL\\)|\\bVer) ([0-9]+(?:\\.[0-9]+)*)");

  /** Folders, or patterns of folders with one star in their last name but one. */
  private static final List<String> DEFAULT_FOLDERS =
      List.of(
          "/usr/lib/postgresql/*/bin",
          "/usr/pgsql-*/bin",
          "/opt/homebrew/opt/postgresql*/bin",
          "/usr/local/opt/postgresql*/bin",
          "/Library/PostgreSQL/*/bin",
          "/opt/homebrew/opt/mariadb*/bin",
          "/opt/homebrew/opt/mysql*/bin",
          "/usr/local/opt/mariadb*/bin",
          "/usr/local/opt/mysql*/bin",
          "/usr/local/mysql*/bin",
          "/usr/sbin",
          "/usr/libexec",
          "/usr/bin");

  /** Finds the programs of the right version, in a given folder or in the default ones. */
  static Optional<ServerPrograms> find(Needed needed, Path given, String path) {
    return all(needed.engine(), given, path).stream()
        .filter(each -> needed.major(each.version()).equals(needed.major()))
        .findFirst();
  }

  /** All versions that are there, for messages. */
  static List<String> versions(Needed needed, Path given, String path) {
    return all(needed.engine(), given, path).stream()
        .map(ServerPrograms::version)
        .distinct()
        .sorted()
        .toList();
  }

  private static List<ServerPrograms> all(Engine engine, Path given, String path) {
    var folders =
        given != null
            ? Stream.of(given)
            : Stream.concat(
                Arrays.stream(path.split(":", -1)).filter(each -> !each.isEmpty()).map(Path::of),
                DEFAULT_FOLDERS.stream().flatMap(ServerPrograms::expand));
    return folders
        .flatMap(folder -> names(engine).stream().map(folder::resolve))
        .filter(Files::isExecutable)
        .map(ServerPrograms::resolved)
        .distinct()
        .flatMap(program -> of(program, engine).stream())
        .toList();
  }

  private static List<String> names(Engine engine) {
    return switch (engine) {
      case PostgreSQL -> List.of("postgres");
      case MariaDB -> List.of("mariadbd", "mysqld");
      case MySQL -> List.of("mysqld");
    };
  }

  private static Path resolved(Path program) {
    try {
      return program.toRealPath();
    } catch (IOException e) {
      return program;
    }
  }

  private static Optional<ServerPrograms> of(Path program, Engine engine) {
    var said =
        Commands.run(List.of(program.toString(), "--version"), Map.of())
            .map(Commands.Ended::output)
            .orElse("");
    boolean isMariaDb = said.contains("MariaDB");
    var version = VERSION.matcher(said);
    return version.find()
            && (engine == Engine.PostgreSQL || isMariaDb == (engine == Engine.MariaDB))
        ? Optional.of(new ServerPrograms(program, version.group(1)))
        : Optional.empty();
  }

  private static Stream<Path> expand(String pattern) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return Stream.of(Path.of(pattern));
    }
    var parent = Path.of(pattern.substring(0, pattern.lastIndexOf('/', star)));
    var name = pattern.substring(parent.toString().length() + 1, pattern.indexOf('/', star));
    var found = new ArrayList<Path>();
    try (var folders = Files.newDirectoryStream(parent, name)) {
      folders.forEach(folder -> found.add(folder.resolve("bin")));
    } catch (IOException e) {
      // There is no such folder.
    }
    return found.stream();
  }

  /** Another program of the same installation; its name alone if it is not beside the server. */
  String beside(String... names) {
    var folder = server.getParent();
    return Stream.of(folder, folder.resolveSibling("bin"), folder.resolveSibling("scripts"))
        .flatMap(each -> Arrays.stream(names).map(each::resolve))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString)
        .orElse(names[0]);
  }

  /** The folder of the installation. */
  Path home() {
    return server.getParent().getParent();
  }
}
