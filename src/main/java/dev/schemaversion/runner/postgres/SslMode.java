package dev.schemaversion.runner.postgres;

import dev.schemaversion.contract.request.TlsMode;
import java.util.Locale;

/** The parameter {@code sslmode} of libpq and of the JDBC driver. */
public final class SslMode {
  private SslMode() {}

  /** Returns the value for a TLS mode. */
  public static String of(TlsMode mode) {
    return switch (mode) {
      case VerifyCA -> "verify-ca";
      case VerifyFull -> "verify-full";
      case Disable, Prefer, Require -> mode.name().toLowerCase(Locale.ROOT);
    };
  }
}
