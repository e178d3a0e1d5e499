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

  /** Gives the folder to the user that the server runs as. */
  void giveTo(String user) {
    try {
      Files.setOwner(
          path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot give a temporary folder to " + user, e);
    }
  }

  /** Writes a file that only its owner can read. */
  Path write(String name, String content, String user) {
    try {
      var file = Files.createTempFile(path, name, "");
      Files.writeString(file, content);
      if (user != null) {
        Files.setOwner(
            file, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write into a temporary folder", e);
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
