package dev.schemaversion.cli.scratch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;

/** A temporary folder that only its owner can read, and that is deleted at the end. */
record PrivateFolder(Path path) implements AutoCloseable {
  private static final int ATTEMPTS = 5;

  static PrivateFolder create() {
    try {
      // Java gives it the permissions rwx------.
      return new PrivateFolder(Files.createTempDirectory("schemaversion-scratch-"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a temporary folder", e);
    }
  }

  /**
   * Creates the empty folder {@code data}, and gives both to the user that the server runs as.
   *
   * @param user null for the user of this process
   */
  void prepare(String user) {
    try {
      var data = Files.createDirectory(path.resolve("data"));
      give(path, user);
      give(data, user);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a temporary folder", e);
    }
  }

  /** Writes a file that only its owner can read. */
  Path write(String name, String content, String user) {
    try {
      var file = Files.createTempFile(path, name, "");
      Files.writeString(file, content);
      give(file, user);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write into a temporary folder", e);
    }
  }

  private static void give(Path file, String user) throws IOException {
    if (user != null) {
      var users = file.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(file, users.lookupPrincipalByName(user));
    }
  }

  /** The end of a log, for messages; empty if there is none. */
  String lastLine(String name) {
    try (var lines = Files.lines(path.resolve(name))) {
      return lines.filter(line -> !line.isBlank()).reduce("", (one, two) -> two).strip();
    } catch (IOException | UncheckedIOException e) {
      return "";
    }
  }

  /** Deletes the folder. A server that is ending may still write into it. */
  @Override
  public void close() {
    for (int attempt = 0; attempt < ATTEMPTS && Files.exists(path); attempt++) {
      delete();
    }
  }

  private void delete() {
    try (var files = Files.walk(path)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException | UncheckedIOException e) {
      // It is being deleted already.
    } catch (IOException e) {
      // Tried again, and left to the system at last.
    }
  }
}
