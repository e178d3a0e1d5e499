package dev.schemaversion.e2e.bench.report;

/**
 * Where the figures come from.
 *
 * @param cores the number of the node's cores
 * @param memory the node's memory in GiB
 * @param kubernetes the version of the node
 * @param system the operating system and its kernel
 */
public record Machine(String cores, long memory, String kubernetes, String system) {
  /** Returns all of it in one line. */
  public String inWords() {
    return "%s cores, %d GiB, Kubernetes %s, %s".formatted(cores, memory, kubernetes, system);
  }
}
