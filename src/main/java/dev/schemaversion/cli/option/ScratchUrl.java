package dev.schemaversion.cli.option;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import dev.schemaversion.cli.terminal.Terminal;
import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.runner.engine.secret.InvalidSecret;
import java.nio.file.Path;
import java.util.Map;

/** Reads the URL of a scratch server. */
public final class ScratchUrl {
  private static final String OPTION = "--scratch-url";
  private static final String PASSWORD_VARIABLE = "SCHEMAVERSION_SCRATCH_PASSWORD";

  private ScratchUrl() {}

  /**
   * Returns the server's address and password.
   *
   * @param isArgument whether the URL is an argument, which must not have a password
   * @throws UsageError if it is not the URL of a server that the runner can set up
   */
  public static RequestedScratch read(
      String url, boolean isArgument, Engine engine, Path passwordFile, Terminal terminal) {
    if (isArgument) {
      Credentials.failIfHasPassword(OPTION, url);
    }
    try {
      var secret = Credentials.secret(engine, Map.of("uri", url));
      var superuser = engine == Engine.PostgreSQL ? "postgres" : "root";
      var user = secret.username().orElse(superuser);
      if (!user.equals(superuser)) {
        throw new UsageError(
            "%s: the superuser of a scratch server must be %s, not %s. Start a new server for it."
                .formatted(OPTION, superuser, user));
      }
      var password =
          Credentials.password(passwordFile, "--scratch-password-file", PASSWORD_VARIABLE, terminal)
              .or(secret::password)
              .orElse(null);
      var host = secret.host().orElseThrow(() -> new UsageError(OPTION + ": the URL has no host."));
      return new RequestedScratch(
          host, port(secret.port().orElse(null), engine), null, null, password);
    } catch (InvalidSecret e) {
      throw new UsageError(OPTION + ": " + e.getMessage().replace("The URL in the Secret", "it"));
    }
  }

  private static int port(String text, Engine engine) {
    if (text == null) {
      return engine.defaultPort();
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new UsageError(OPTION + ": the port is no number from 1 to 65535.");
    }
  }
}
