package dev.schemaversion.runner.postgres.impact;

import dev.schemaversion.runner.impact.Lock;
import dev.schemaversion.runner.impact.Lock.Blocks;
import java.util.Arrays;
import java.util.Optional;

/** The table locks that statements which change a table take, from the weakest to the strongest. */
enum LockMode {
  SHARE_UPDATE_EXCLUSIVE("ShareUpdateExclusiveLock", Blocks.NOTHING),
  SHARE("ShareLock", Blocks.WRITES),
  SHARE_ROW_EXCLUSIVE("ShareRowExclusiveLock", Blocks.WRITES),
  EXCLUSIVE("ExclusiveLock", Blocks.WRITES),
  ACCESS_EXCLUSIVE("AccessExclusiveLock", Blocks.EVERYTHING);

  private final String shown;
  private final Blocks blocks;

  LockMode(String shown, Blocks blocks) {
    this.shown = shown;
    this.blocks = blocks;
  }

  /** Finds a mode as {@code pg_locks} shows it; empty for a weaker one. */
  static Optional<LockMode> of(String shown) {
    return Arrays.stream(values()).filter(mode -> mode.shown.equals(shown)).findFirst();
  }

  boolean blocksOthers() {
    return blocks != Blocks.NOTHING;
  }

  Lock lock() {
    return new Lock(name().replace('_', ' '), blocks);
  }
}
