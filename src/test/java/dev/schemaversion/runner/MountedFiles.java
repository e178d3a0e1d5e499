package dev.schemaversion.runner;

import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.MigrationsDigest;
import dev.schemaversion.contract.Mounts;
import dev.schemaversion.contract.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files that the kubelet mounts into the runner's container, in a folder of the test. */
public final class MountedFiles {
  private final Path root;
  private final List<Map<String, byte[]>> sources = new ArrayList<>(List.of(new TreeMap<>()));

  MountedFiles(Path root) {
    this.root = root;
  }

  /** The content of the mounted ConfigMaps, by file name. */
  public List<Map<String, byte[]>> sources() {
    return sources;
  }

  void secret(String key, String value) {
    try {
      var file = under(Mounts.SECRET).resolve(key);
      Files.createDirectories(file.getParent());
      if (value == null) {
        Files.deleteIfExists(file);
      } else {
        Files.writeString(file, value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void file(int source, String file, byte[] content) {
    while (sources.size() <= source) {
      sources.add(new TreeMap<>());
    }
    sources.get(source).put(file, content);
  }

  void imageFile(String path, String sql) {
    try {
      Files.createDirectories(inImage(path).getParent());
      Files.writeString(inImage(path), sql);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A place in the mounted image. */
  public Path inImage(String path) {
    return under(Mounts.IMAGE).resolve(path.substring(1));
  }

  /** The digest of the migrations in ConfigMaps. */
  String digest() {
    return MigrationsDigest.ofSources(sources.stream().map(MigrationsDigest::ofSource).toList());
  }

  /** Puts the migrations where the kubelet would. */
  public void mount() {
    try {
      for (int index = 0; index < sources.size(); index++) {
        var folder = under(Mounts.migrations(index));
        if (Files.exists(folder)) {
          try (var old = Files.list(folder)) {
            for (var file : old.toList()) {
              Files.delete(file);
            }
          }
        }
        Files.createDirectories(folder);
        for (var file : sources.get(index).entrySet()) {
          Files.write(folder.resolve(file.getKey()), file.getValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The report that the runner has written. */
  Report report() {
    try {
      return Codec.readReport(Files.readString(under(Mounts.REPORT))).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The place of a path of {@link Mounts}. */
  public Path under(String absolute) {
    return root.resolve(absolute.substring(1));
  }
}
