package dev.schemaversion.runner;

import dev.schemaversion.contract.MigrationsDigest;
import dev.schemaversion.contract.Mounts;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.request.MigrationsImage;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.report.ReportDraft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The mounted files. Each is read once, so that what was checked is what runs. */
public final class Inputs implements RunInputs {
  private final Path root;

  public Inputs(Path root) {
    this.root = root;
  }

  /** Where the folders of {@link Mounts} are. */
  @Override
  public Path root() {
    return root;
  }

  /** A key of the Secret; empty if there is no such key. */
  @Override
  public Optional<String> secret(String key) {
    try {
      var text = Files.readString(under(Mounts.SECRET).resolve(key));
      // An editor's or echo's last line break is never meant.
      return Optional.of(text.endsWith("\n") ? text.stripTrailing() : text);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the Secret's key " + key, e);
    }
  }

  /** Where the certificate authority is, whether it is there or not. */
  @Override
  public Path certificateAuthority() {
    return under(Mounts.CA);
  }

  /** Where the report goes. */
  Path report() {
    return under(Mounts.REPORT);
  }

  /**
   * The migrations of all sources, content by file name.
   *
   * @throws RunFailure {@link Outcome#INPUTS_CHANGED} if they are not what the Job was made for
   */
  @Override
  public List<Map<String, byte[]>> migrations(RunRequest request, ReportDraft report) {
    var image = request.image();
    var read = new ArrayList<Map<String, byte[]>>();
    if (image != null) {
      read.add(MigrationFolder.read(image, under(Mounts.IMAGE)));
    }
    for (int index = 0; index < request.migrationSources(); index++) {
      read.add(source(index));
    }
    var digest = request.migrationsDigest();
    var found = MigrationsDigest.ofSources(read.stream().map(MigrationsDigest::ofSource).toList());
    report.migrationsDigest(found);
    if (image != null && digest == null) {
      return read;
    }
    if (!found.equals(digest)) {
      throw new RunFailure(
          Outcome.INPUTS_CHANGED,
          image == null ? changed(found, digest) : moved(image, found, digest));
    }
    return read;
  }

  private static String changed(String found, String digest) {
    return "The mounted migrations are "
        + found
        + ", but this Job was made for "
        + digest
        + ". They were changed meanwhile; the operator creates a Job for the new ones.";
  }

  private static String moved(MigrationsImage image, String found, String digest) {
    return "The migrations in the image "
        + image.reference()
        + " are now "
        + found
        + ", and were "
        + digest
        + " when it was first read: its tag has been moved. Nothing was done. In"
        + " spec.migrations.image.reference, name the image by its digest (name@sha256:…), or give the"
        + " new content a tag of its own.";
  }

  private Map<String, byte[]> source(int index) {
    var content = new TreeMap<String, byte[]>();
    try (var entries = Files.newDirectoryStream(under(Mounts.migrations(index)))) {
      for (var entry : entries) {
        var name = entry.getFileName().toString();
        // The kubelet's own folders and links, ..data and the like; no key can begin so.
        if (!name.startsWith("..") && Files.isRegularFile(entry)) {
          content.put(name, Files.readAllBytes(entry));
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new RunFailure(
          Outcome.INPUTS_CHANGED,
          "The migration source " + index + " is not mounted. The operator retries.",
          null,
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the migration source " + index, e);
    }
    return content;
  }

  /** Writes the report's text. */
  @Override
  public void writeReport(String json) throws IOException {
    var file = report();
    Files.createDirectories(file.getParent());
    Files.write(file, json.getBytes(StandardCharsets.UTF_8));
  }

  private Path under(String absolute) {
    return root.resolve(absolute.substring(1));
  }
}
