package dev.schemaversion.contract;

import java.util.Map;
import java.util.Optional;

/**
 * The size of migrations, for estimating whether they fit into the runner's memory. A script takes
 * several times the memory of its text, plus some for each statement. A nearly full heap stalls the
 * run, and a full one ends it at any point.
 *
 * @param bytes the bytes of all files
 * @param statements an estimate of the number of statements, which counts semicolons
 */
public record MigrationsSize(long bytes, long statements) {
  /** The size of no files. */
  public static final MigrationsSize NONE = new MigrationsSize(0, 0);

  /** The fraction of a container's memory that the image's entry points give to the heap. */
  public static final double HEAP = 0.6;

  /** The memory of the runner without migrations, in bytes. */
  private static final long BASE = 64L << 20;

  /** The memory for each byte: the file, its text, and the copies of Flyway and the rehearsal. */
  private static final int PER_BYTE = 12;

  /** The memory for each statement, in bytes. */
  private static final int PER_STATEMENT = 600;

  /** Returns the size of files, whose content is given by name. */
  public static MigrationsSize of(Map<String, byte[]> files) {
    long bytes = 0;
    long statements = 0;
    for (var content : files.values()) {
      bytes += content.length;
      for (byte each : content) {
        statements += each == ';' ? 1 : 0;
      }
    }
    return new MigrationsSize(bytes, statements);
  }

  /** Returns the sum of two sizes. */
  public MigrationsSize plus(MigrationsSize other) {
    return new MigrationsSize(bytes + other.bytes, statements + other.statements);
  }

  /**
   * Returns a message for the user if the runner's memory does not suffice.
   *
   * @param heap the maximum heap of the runner, in bytes
   */
  public Optional<String> problem(long heap) {
    long needed = BASE + bytes * PER_BYTE + statements * PER_STATEMENT;
    return needed <= heap
        ? Optional.empty()
        : Optional.of(
            "The migrations have %d MiB and about %d statements, which do not fit into the runner's memory. Nothing was done. Set spec.job.resources.limits.memory to %dMi or more, then set the annotation schemaversion.dev/retry to a new value."
                .formatted(bytes >> 20, statements, (long) Math.ceil(needed / HEAP) >> 20));
  }
}
