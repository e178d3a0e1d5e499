package dev.schemaversion.runner;

import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.report.ReportDraft;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The inputs of a run outside of a cluster, in memory.
 *
 * @param connection the connection data by the keys of a Secret
 * @param authority the file with the certificate authority; null for none
 * @param files the migrations, content by path
 */
public record LocalInputs(Map<String, String> connection, Path authority, Map<String, byte[]> files)
    implements RunInputs {
  /** Copies the maps. The files are in the order of their paths, as messages name them. */
  public LocalInputs {
    connection = Map.copyOf(connection);
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  @Override
  public Optional<String> secret(String key) {
    return Optional.ofNullable(connection.get(key));
  }

  @Override
  public Path certificateAuthority() {
    return authority == null ? Path.of("ca.crt") : authority;
  }

  @Override
  public List<Map<String, byte[]>> migrations(RunRequest request, ReportDraft report) {
    report.migrationsDigest(request.migrationsDigest());
    return List.of(files);
  }

  /** There is no tool of the user's outside of a pod. */
  @Override
  public Path root() {
    throw new UnsupportedOperationException("a migration tool runs in a pod only");
  }

  /** The report is returned and not written. */
  @Override
  public void writeReport(String json) {}

  /** Without the credentials. */
  @Override
  public String toString() {
    return files.size() + " files";
  }
}
