package dev.schemaversion.cli.scratch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The user that a server runs as. Servers refuse to run as root, so root hands them to a user
 * without rights.
 *
 * @param name the user's name; null for the user of this process
 */
record ServerUser(String name) {
  /** Prefers a user that has nothing else to do. */
  static ServerUser of(String current, List<String> candidates) {
    if (!current.equals("root")) {
      return new ServerUser(null);
    }
    return Stream.concat(candidates.stream(), Stream.of("nobody"))
        .filter(user -> id(user).isPresent())
        .findFirst()
        .map(ServerUser::new)
        .orElseThrow(
            () ->
                new ScratchFailure(
                    "A server does not run as root, and there is no user nobody. Run the command"
                        + " as another user, or name a server with --scratch-url."));
  }

  /** Returns the command as this user runs it. */
  List<String> command(List<String> command) {
    if (name == null) {
      return command;
    }
    var id = id(name).orElseThrow();
    var all =
        new ArrayList<>(
            List.of("setpriv", "--reuid=" + name, "--regid=" + id, "--clear-groups", "--"));
    all.addAll(command);
    return all;
  }

  /** The id of a user's group. */
  private static Optional<String> id(String user) {
    return Commands.run(List.of("id", "-g", user), Map.of())
        .filter(Commands.Ended::succeeded)
        .map(Commands.Ended::lastLine);
  }
}
