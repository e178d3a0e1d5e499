package dev.schemaversion.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * Folders for the data of test servers. They are in memory where there is room: a new database has
 * three hundred files, and a disk takes three times as long for them.
 */
public final class ServerFolder {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final long ROOM = 4L << 30;
  private static final String PREFIX = "schemaversion-test-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9]+)-.*");

  private ServerFolder() {}

  /** Creates an empty folder, which its server deletes. */
  public static Path create() {
    try {
      return hasRoom()
          ? Files.createTempDirectory(MEMORY, PREFIX + ProcessHandle.current().pid() + "-")
          : Files.createTempDirectory(PREFIX);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static synchronized boolean hasRoom() throws IOException {
    if (!Files.isWritable(MEMORY)) {
      return false;
    }
    deleteLeftovers();
    return Files.getFileStore(MEMORY).getUsableSpace() >= ROOM;
  }

  /** Deletes what processes have left that were killed. */
  private static void deleteLeftovers() throws IOException {
    try (var folders = Files.list(MEMORY)) {
      for (var folder : folders.toList()) {
        var name = NAME.matcher(folder.getFileName().toString());
        if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
          delete(folder);
        }
      }
    }
  }

  static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
