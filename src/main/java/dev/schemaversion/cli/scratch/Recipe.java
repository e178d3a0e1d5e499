package dev.schemaversion.cli.scratch;

import java.nio.file.Path;
import java.util.List;

/** How a server is started with its programs. */
interface Recipe {
  /** The programs. */
  ServerPrograms programs();

  /** The users that may run the server where root starts it, the best first. */
  List<String> users();

  /** The content of a file by which the server learns the password of its superuser. */
  String secret(String password);

  /**
   * A command that ends by itself.
   *
   * @param input what it reads from standard input
   */
  record Preparation(List<String> command, String input) {}

  /**
   * The command that creates the files of the server.
   *
   * @param secret the file with {@link #secret}
   */
  Preparation preparing(Path folder, Path secret);

  /** The command of the server, which does not return. */
  List<String> serving(Path folder, Path secret, int port);
}
