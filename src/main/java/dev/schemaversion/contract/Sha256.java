package dev.schemaversion.contract;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Computes SHA-256 digests of text, in hexadecimal digits. */
public final class Sha256 {
  private Sha256() {}

  /** Returns the digest of a text in UTF-8. */
  public static String of(String text) {
    return HexFormat.of().formatHex(algorithm().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns the digest of lines, each of which ends with a line feed. */
  public static String ofLines(Stream<String> lines) {
    var sha256 = algorithm();
    lines.forEach(line -> sha256.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(sha256.digest());
  }

  static MessageDigest algorithm() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
