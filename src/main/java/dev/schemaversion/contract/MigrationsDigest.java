package dev.schemaversion.contract;

import dev.schemaversion.contract.request.ToolCommand;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Computes the digest that identifies the content of a set of migrations. The operator computes it
 * from the ConfigMaps that it watches, and the runner from the mounted files, so that a Job never
 * runs on other files than those for which it was created.
 */
public final class MigrationsDigest {
  private MigrationsDigest() {}

  /**
   * Returns the digest of one source, {@code sha256:<hex>}. It includes all lengths, so that two
   * different sets of files cannot have the same input.
   *
   * @param files the content by file name
   */
  public static String ofSource(Map<String, byte[]> files) {
    SortedMap<String, byte[]> sorted = new TreeMap<>(files);
    var sha256 = Sha256.algorithm();
    sorted.forEach(
        (name, content) -> {
          update(sha256, name.getBytes(StandardCharsets.UTF_8));
          update(sha256, content);
        });
    return text(sha256);
  }

  /**
   * Returns the digest of several sources in their order.
   *
   * @param sources the digests from {@link #ofSource}
   */
  public static String ofSources(List<String> sources) {
    var sha256 = Sha256.algorithm();
    sources.forEach(source -> update(sha256, source.getBytes(StandardCharsets.UTF_8)));
    return text(sha256);
  }

  /**
   * Returns the digest of a tool in an image of the user. The content of the image is not known;
   * its reference stands for it.
   */
  public static String ofCommand(ToolCommand command) {
    return ofSource(Map.of("command", Codec.write(command).getBytes(StandardCharsets.UTF_8)));
  }

  private static void update(MessageDigest sha256, byte[] bytes) {
    sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    sha256.update(bytes);
  }

  private static String text(MessageDigest sha256) {
    return "sha256:" + HexFormat.of().formatHex(sha256.digest());
  }
}
