package dev.schemaversion.e2e.clients;

import dev.schemaversion.e2e.cluster.Checkout;
import dev.schemaversion.e2e.cluster.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Third-party programs that read or write our objects, as {@code e2e/clients/prepare} finds or
 * builds them.
 */
public final class ClientPrograms {
  private final Map<String, Path> programs;

  private ClientPrograms(Map<String, Path> programs) {
    this.programs = programs;
  }

  /** Finds or builds them; only those of a group if one is named. */
  public static ClientPrograms prepare(String... group) {
    var command = new ArrayList<String>();
    command.add(Checkout.root().resolve("e2e/clients/prepare").toString());
    command.addAll(List.of(group));
    return new ClientPrograms(
        Command.run(command)
            .lines()
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(parts -> parts[0], parts -> Path.of(parts[1]))));
  }

  /** Returns where a program is, or none if it is neither on the PATH nor can be built. */
  public Optional<Path> find(String name) {
    return Optional.ofNullable(programs.get(name));
  }
}
