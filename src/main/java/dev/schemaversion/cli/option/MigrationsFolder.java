package dev.schemaversion.cli.option;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Reads the files in a folder and below it. */
final class MigrationsFolder {
  private static final int FILES_AT_MOST = 20_000;
  private static final long BYTES_AT_MOST = 64L << 20;
  private static final int DEPTH_AT_MOST = 32;

  private MigrationsFolder() {}

  /**
   * Returns the content by path below the folder. Hidden files and folders are left out.
   *
   * @throws UsageError if it cannot be read, or has more than anybody migrates
   */
  static Map<String, byte[]> read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UsageError("--migrations: there is no folder " + folder + ".");
    }
    var contents = new TreeMap<String, byte[]>();
    long bytes = 0;
    try (var files = Files.walk(folder, DEPTH_AT_MOST, FileVisitOption.FOLLOW_LINKS)) {
      for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        var path = folder.relativize(file);
        if (isHidden(path)) {
          continue;
        }
        bytes += Files.size(file);
        if (contents.size() >= FILES_AT_MOST || bytes > BYTES_AT_MOST) {
          throw new UsageError(
              "--migrations: %s has more than %d files or 64 MiB, which cannot all be migrations. Name the folder with the migrations."
                  .formatted(folder, FILES_AT_MOST));
        }
        contents.put(path.toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new UsageError("--migrations: " + folder + " cannot be read: " + e.getMessage() + ".");
    }
    return contents;
  }

  private static boolean isHidden(Path path) {
    for (var part : path) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }
}
