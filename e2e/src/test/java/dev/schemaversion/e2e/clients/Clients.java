package dev.schemaversion.e2e.clients;

import dev.schemaversion.e2e.cluster.Cluster;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Third-party programs for tests; a test of one that is not available here is skipped. */
public final class Clients {
  private static final class Prepared {
    static final ClientPrograms PROGRAMS = ClientPrograms.prepare();
  }

  private Clients() {}

  /** Returns Helm 3 or 4 for a namespace. */
  public static Helm helm(int major, Cluster cluster, String namespace) {
    return new Helm(program("helm" + major), cluster, namespace);
  }

  static Path program(String name) {
    var program = Prepared.PROGRAMS.find(name);
    Assumptions.assumeTrue(
        program.isPresent(),
        () -> name + " is neither on the PATH nor can it be built: there is no Go");
    return program.get();
  }
}
