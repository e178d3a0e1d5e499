package dev.schemaversion.cli.option;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.TlsMode;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import java.nio.file.Files;
import java.nio.file.Path;

/** The certificate authority of the server. */
final class Authority {
  private Authority() {}

  /** Returns the file; null if the TLS mode needs none. */
  static Path of(Path file, SchemaVersionSpec spec) {
    var tls = spec.database().tls();
    boolean verifies =
        tls != null && (tls.mode() == TlsMode.VerifyCA || tls.mode() == TlsMode.VerifyFull);
    if (verifies && file == null) {
      throw new UsageError(
          "The TLS mode %s needs the certificate authority: name its file with --tls-ca."
              .formatted(tls.mode()));
    }
    if (file != null && !Files.isReadable(file)) {
      throw new UsageError("--tls-ca: " + file + " cannot be read.");
    }
    return file;
  }
}
