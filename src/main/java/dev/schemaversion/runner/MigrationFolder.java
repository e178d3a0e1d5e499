package dev.schemaversion.runner;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.request.MigrationsImage;
import dev.schemaversion.runner.engine.RunFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files in a folder of a mounted image and below it. The image is anybody's, so links out of it
 * are refused, and so is more than anybody migrates.
 */
final class MigrationFolder {
  private static final int FILES_AT_MOST = 20_000;
  private static final long BYTES_AT_MOST = 64L << 20;

  /** Folders in folders. */
  private static final int DEPTH_AT_MOST = 32;

  private final MigrationsImage image;
  private final Path mount;
  private final Path folder;
  private final Map<String, byte[]> contents = new TreeMap<>();
  private long bytes;

  private MigrationFolder(MigrationsImage image, Path mount, Path folder) {
    this.image = image;
    this.mount = mount;
    this.folder = folder;
  }

  /**
   * Content by path below the folder.
   *
   * @param mounted where the image is
   * @throws RunFailure {@link Outcome#UNSUPPORTED_MIGRATION} saying what is wrong in the image, or
   *     {@link Outcome#MIGRATIONS_TOO_LARGE}
   */
  static Map<String, byte[]> read(MigrationsImage image, Path mounted) {
    try {
      var mount = mounted.toRealPath();
      var named = mount.resolve(image.path().substring(1));
      if (!Files.isDirectory(named)) {
        throw refused(image, "has no folder " + image.path(), null);
      }
      var read = new MigrationFolder(image, mount, named.toRealPath());
      if (!read.folder.startsWith(mount)) {
        throw refused(
            image, "has a link at " + image.path() + " that leads out of the image", null);
      }
      Files.walkFileTree(
          read.folder, EnumSet.noneOf(FileVisitOption.class), DEPTH_AT_MOST, read.new Visitor());
      return read.contents;
    } catch (AccessDeniedException e) {
      throw refused(image, "has something that only its owner may read: " + inside(mounted, e), e);
    } catch (FileSystemException e) {
      throw refused(
          image,
          "has something that cannot be read: " + inside(mounted, e) + ", " + e.getReason(),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the image " + image.reference(), e);
    }
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isSymbolicLink()) {
        checkLink(file);
      } else if (attributes.isDirectory()) {
        throw refuse(file, "more than " + DEPTH_AT_MOST + " folders in folders");
      } else if (!attributes.isRegularFile()) {
        throw refuse(file, "which is no file");
      }
      add(file);
      return FileVisitResult.CONTINUE;
    }
  }

  private void checkLink(Path link) throws IOException {
    if (!Files.exists(link)) {
      throw refuse(link, "a link to nothing");
    }
    var target = target(link);
    if (!target.startsWith(folder)) {
      throw refuse(link, "a link that leads out of " + image.path());
    }
    if (!Files.isRegularFile(target)) {
      throw refuse(link, "a link to what is no file");
    }
  }

  private Path target(Path link) throws IOException {
    try {
      return link.toRealPath();
    } catch (NoSuchFileException e) {
      // There is something, and it has no path: what /dev/stdin is may be a pipe.
      throw refuse(link, "a link that leads out of " + image.path());
    }
  }

  private void add(Path file) throws IOException {
    // Asked before it is read: the runner's memory is small.
    bytes += Files.size(file);
    if (contents.size() >= FILES_AT_MOST || bytes > BYTES_AT_MOST) {
      throw new RunFailure(
          Outcome.MIGRATIONS_TOO_LARGE,
          "The image %s has more than %d files or 64 MiB in %s, which cannot all be migrations. Nothing was done. Name the folder with the migrations in spec.migrations.image.path."
              .formatted(image.reference(), FILES_AT_MOST, image.path()));
    }
    contents.put(folder.relativize(file).toString(), Files.readAllBytes(file));
  }

  private RunFailure refuse(Path file, String what) {
    return refused(image, "has " + inside(file) + ", " + what, null);
  }

  /** As it is called in the image. */
  private String inside(Path file) {
    return "/" + mount.relativize(file);
  }

  private static String inside(Path mounted, FileSystemException e) {
    var file = Path.of(e.getFile());
    return file.startsWith(mounted) ? "/" + mounted.relativize(file) : e.getFile();
  }

  private static RunFailure refused(MigrationsImage image, String what, Exception cause) {
    return new RunFailure(
        Outcome.UNSUPPORTED_MIGRATION,
        "The image "
            + image.reference()
            + " "
            + what
            + ". Nothing was done. Correct spec.migrations.image.path, or the image and give it"
            + " another tag.",
        null,
        cause);
  }
}
