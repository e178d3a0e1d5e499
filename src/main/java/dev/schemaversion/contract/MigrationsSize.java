package dev.schemaversion.contract;

import java.util.Map;
import java.util.Optional;

/**
 * The size of migrations, and whether the runner's memory is enough for them. A script takes
 * several times the memory of its text, and each statement some besides; a heap that is nearly full
 * slows the run down to nothing, and one that is full ends it anywhere.
 *
 * @param bytes of all files
 * @param statements about how many statements they have, by their semicolons
 */
public record MigrationsSize(long bytes, long statements) {
  /** Nothing. */
  public static final MigrationsSize NONE = new MigrationsSize(0, 0);

  /** The part of a container's memory that the image's entry points give to the heap. */
  public static final double HEAP = 0.6;

  /** Of the runner without migrations, in bytes. */
  private static final long ALONE = 64L << 20;

  /** Of each byte of text: the file, its text, and what Flyway and the rehearsal make of it. */
  private static final int TIMES = 12;

  /** Of each statement, in bytes. */
  private static final int STATEMENT = 600;

  /** The size of some files, given by their names. */
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

  /** Both together. */
  public MigrationsSize plus(MigrationsSize other) {
    return new MigrationsSize(bytes + other.bytes, statements + other.statements);
  }

  /**
   * What to tell the user if the runner's memory is too little for them.
   *
   * @param heap the most that the runner's heap may have, in bytes
   */
  public Optional<String> problem(long heap) {
    long needed = ALONE + bytes * TIMES + statements * STATEMENT;
    return needed <= heap
        ? Optional.empty()
        : Optional.of(
            "The migrations have %d MiB and about %d statements, which does not fit into the runner's memory. Nothing was done. Set spec.job.resources.limits.memory to %dMi or more, and then the annotation schemaversion.dev/retry."
                .formatted(bytes >> 20, statements, (long) Math.ceil(needed / HEAP) >> 20));
  }
}
