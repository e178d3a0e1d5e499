package dev.schemaversion.cli.kubectl.adopt;

import static java.util.Comparator.naturalOrder;

import dev.schemaversion.api.v1alpha1.Version;
import dev.schemaversion.cli.kubectl.cluster.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files of a folder that Flyway reads, in the order of their versions; those without a version
 * come last.
 */
record MigrationFiles(List<MigrationFile> files) {
  private static final Pattern VERSIONED = Pattern.compile("V(.+?)__.*\\.sql");

  /**
   * A file.
   *
   * @param name its name
   * @param binary whether it is not UTF-8
   * @param content its text, or in Base64 what is not UTF-8
   * @param bytes its size
   */
  record MigrationFile(String name, boolean binary, String content, int bytes) {
    static MigrationFile of(String name, byte[] content) {
      try {
        var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        return new MigrationFile(name, false, text, content.length);
      } catch (CharacterCodingException e) {
        var base64 = Base64.getEncoder().encodeToString(content);
        return new MigrationFile(name, true, base64, content.length);
      }
    }

    /** Returns the version; empty for a file without one. */
    Optional<Version> version() {
      var matcher = VERSIONED.matcher(name);
      return matcher.matches() ? Version.parse(matcher.group(1)) : Optional.empty();
    }
  }

  /**
   * Reads a folder.
   *
   * @throws Failure if it cannot be read, has no migration, or has migrations in subfolders
   */
  static MigrationFiles of(Path folder) {
    try (var below = Files.walk(folder)) {
      var files = new ArrayList<MigrationFile>();
      for (var path : below.filter(MigrationFiles::isRead).toList()) {
        if (!folder.equals(path.getParent())) {
          throw new Failure(
              "%s is in a subfolder, and a ConfigMap has no folders. Put the migrations into an image instead (spec.migrations.image, docs/flyway.md)."
                  .formatted(folder.relativize(path)));
        }
        files.add(MigrationFile.of(path.getFileName().toString(), Files.readAllBytes(path)));
      }
      if (files.stream().noneMatch(file -> file.version().isPresent())) {
        throw new Failure(
            "%s has no migration, that is no file such as V1__name.sql. Name the folder with the migrations with --migrations."
                .formatted(folder));
      }
      files.sort(
          Comparator.comparing(
                  (MigrationFile file) -> file.version().orElse(null),
                  Comparator.nullsLast(naturalOrder()))
              .thenComparing(MigrationFile::name));
      return new MigrationFiles(List.copyOf(files));
    } catch (IOException e) {
      throw new Failure(
          "The folder %s cannot be read: %s. Name the folder with the migrations with --migrations."
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  /** Scripts, and the settings of a script. */
  private static boolean isRead(Path file) {
    var name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && !name.startsWith(".")
        && (name.endsWith(".sql") || name.endsWith(".sql.conf"));
  }

  /** Returns the highest version, with dots and without leading zeros. */
  String highestVersion() {
    return files.stream()
        .flatMap(file -> file.version().stream())
        .max(naturalOrder())
        .orElseThrow()
        .canonical();
  }
}
