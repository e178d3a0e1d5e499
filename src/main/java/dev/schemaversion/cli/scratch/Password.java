package dev.schemaversion.cli.scratch;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes the password of a scratch server, so that no other user of the machine gets in. */
final class Password {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 16;

  private Password() {}

  static String random() {
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
