package dev.schemaversion.contract.request;

/** How the connection is encrypted and the server verified, as with libpq's sslmode. */
public enum TlsMode {
  /** No encryption. */
  Disable,
  /** Encryption if the server supports it, which is libpq's default. */
  Prefer,
  /** Encryption; the certificate is not verified. */
  Require,
  /** Encryption; the given authority must have signed the certificate. */
  VerifyCA,
  /** As {@link #VerifyCA}, and the certificate must match the host. */
  VerifyFull
}
