package dev.schemaversion.runner.impact;

/**
 * How a statement locks a table.
 *
 * @param label the lock in the words of the engine, such as {@code ACCESS EXCLUSIVE}
 * @param blocks what waits for it
 */
public record Lock(String label, Blocks blocks) {
  /** What waits while a statement has its lock, from the least to the most. */
  public enum Blocks {
    /** Neither reads nor writes wait. */
    NOTHING("reads and writes go on"),
    /** Writes wait. */
    WRITES("writes wait meanwhile"),
    /** It could not be found out. */
    UNKNOWN("what waits meanwhile is not known"),
    /** Reads and writes wait. */
    EVERYTHING("reads and writes wait meanwhile");

    private final String words;

    Blocks(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }
}
