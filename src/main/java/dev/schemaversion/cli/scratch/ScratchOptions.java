package dev.schemaversion.cli.scratch;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import dev.schemaversion.cli.option.ScratchUrl;
import dev.schemaversion.cli.option.UsageError;
import dev.schemaversion.cli.output.Terminal;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the scratch server comes from. */
public final class ScratchOptions {
  static final String URL_VARIABLE = "SCHEMAVERSION_SCRATCH_URL";

  @Option(
      names = "--scratch-url",
      paramLabel = "URL",
      description =
          "The URL of a scratch server, without a password: a new server of the same major version,"
              + " on which everything is dropped, such as postgresql://127.0.0.1:5433. By default"
              + " the environment variable SCHEMAVERSION_SCRATCH_URL.")
  String url;

  @Option(
      names = "--scratch-password-file",
      paramLabel = "FILE",
      description =
          "The file with the password of its superuser. By default the environment variable"
              + " SCHEMAVERSION_SCRATCH_PASSWORD; without one, the server must require none.")
  Path passwordFile;

  /** Returns the scratch server for a database. */
  public ScratchSource open(Engine engine, String serverVersion, Terminal terminal) {
    var given = url == null ? terminal.variable(URL_VARIABLE).orElse(null) : url;
    if (given == null) {
      throw new UsageError("Name a scratch server with --scratch-url.");
    }
    return new GivenServer(ScratchUrl.read(given, url != null, engine, passwordFile, terminal));
  }
}
