package dev.schemaversion.cli.command;

import dev.schemaversion.cli.option.UsageError;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.SnapshotFile;
import dev.schemaversion.runner.snapshot.SnapshotFile.InvalidSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that {@code snapshot} has written. */
final class SnapshotFiles {
  private SnapshotFiles() {}

  /**
   * Reads one.
   *
   * @throws UsageError if it is none
   */
  static Snapshot read(Path file) {
    try {
      return SnapshotFile.read(Files.readString(file));
    } catch (IOException e) {
      throw new UsageError(file + " cannot be read.");
    } catch (InvalidSnapshot e) {
      throw new UsageError(file + " " + e.getMessage() + ".");
    }
  }
}
