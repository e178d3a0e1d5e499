package dev.schemaversion.runner;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.RunFailure;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Whether migrations fit into the runner's memory. A script takes several times the memory of its
 * text, and each statement some besides; a heap that is nearly full slows the run down to nothing,
 * and one that is full ends it anywhere.
 */
final class Memory {
  /** Of the runner without migrations, in bytes. */
  private static final long ALONE = 64L << 20;

  /** Of each byte of text: the file, its text, and what Flyway and the rehearsal make of it. */
  private static final int TIMES = 12;

  /** Of each statement, in bytes. */
  private static final int STATEMENT = 600;

  /** The part of a container's memory that the image's entry point gives to the heap. */
  private static final double HEAP = 0.6;

  private Memory() {}

  /**
   * Before anything is done.
   *
   * @param sources content by file name
   * @param heap the most that the heap may have, in bytes
   * @throws RunFailure {@link Outcome#UNSUPPORTED_MIGRATION}, saying how much is needed
   */
  static void failIfTooLittle(List<Map<String, byte[]>> sources, long heap) {
    long bytes = 0;
    long statements = 0;
    for (var content : sources.stream().map(Map::values).flatMap(Collection::stream).toList()) {
      bytes += content.length;
      for (byte each : content) {
        statements += each == ';' ? 1 : 0;
      }
    }
    long needed = ALONE + bytes * TIMES + statements * STATEMENT;
    if (needed > heap) {
      throw new RunFailure(
          Outcome.UNSUPPORTED_MIGRATION,
          "The migrations have %d MiB and about %d statements, which does not fit into the runner's memory. Nothing was done. Set spec.job.resources.limits.memory to %dMi or more, and then the annotation schemaversion.dev/retry."
              .formatted(bytes >> 20, statements, (long) Math.ceil(needed / HEAP) >> 20));
    }
  }
}
