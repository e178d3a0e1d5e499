package dev.schemaversion.contract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The identity of a set of migrations: its content, not its name. Operator (from what it watches)
 * and runner (from what is mounted) reckon it the same way, so that a Job never runs on other files
 * than those it was made for.
 */
public final class MigrationsDigest {
  private MigrationsDigest() {}

  /**
   * The digest of one source, {@code sha256:<hex>}. Lengths are hashed along, so that no two sets
   * of files run into one another.
   *
   * @param files content by file name
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
   * The digest of several sources in their order.
   *
   * @param sources digests from {@link #ofSource}
   */
  public static String ofSources(List<String> sources) {
    var sha256 = Sha256.algorithm();
    sources.forEach(source -> update(sha256, source.getBytes(StandardCharsets.UTF_8)));
    return text(sha256);
  }

  private static void update(MessageDigest sha256, byte[] bytes) {
    sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    sha256.update(bytes);
  }

  private static String text(MessageDigest sha256) {
    return "sha256:" + HexFormat.of().formatHex(sha256.digest());
  }
}
