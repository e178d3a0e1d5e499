package dev.schemaversion.e2e.clients;

import dev.schemaversion.e2e.cluster.Checkout;
import dev.schemaversion.e2e.cluster.Command;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/**
 * Third-party programs that read or write our objects, as {@code e2e/clients/prepare} finds or
 * builds them.
 */
final class Clients {
  private static final class Prepared {
    static final Map<String, Path> PROGRAMS =
        Command.run(Checkout.root().resolve("e2e/clients/prepare").toString())
            .lines()
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(parts -> parts[0], parts -> Path.of(parts[1])));
  }

  private Clients() {}

  /** Where a program is; a test of one that cannot be had here is left out. */
  static Path program(String name) {
    Assumptions.assumeTrue(
        Prepared.PROGRAMS.containsKey(name),
        () -> name + " is neither on the PATH nor can it be built: there is no Go");
    return Prepared.PROGRAMS.get(name);
  }
}
