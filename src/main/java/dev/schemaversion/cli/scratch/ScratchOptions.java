package dev.schemaversion.cli.scratch;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import dev.schemaversion.cli.option.ScratchUrl;
import dev.schemaversion.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Where the scratch server comes from. */
public final class ScratchOptions {
  private static final String URL_VARIABLE = "SCHEMAVERSION_SCRATCH_URL";
  private static final String DOCKER = "docker";

  /** What starts a scratch server. */
  enum Starter {
    auto,
    docker,
    programs
  }

  @Option(
      names = "--scratch-url",
      paramLabel = "URL",
      description =
          "The URL of a scratch server, without a password: a new server of the same major version,"
              + " on which everything is dropped, such as postgresql://127.0.0.1:5433. By default"
              + " the environment variable SCHEMAVERSION_SCRATCH_URL; without either, one is"
              + " started.")
  String url;

  @Option(
      names = "--scratch-password-file",
      paramLabel = "FILE",
      description =
          "The file with the password of its superuser. By default the environment variable"
              + " SCHEMAVERSION_SCRATCH_PASSWORD; without one, the server must require none.")
  Path passwordFile;

  @Option(
      names = "--scratch",
      paramLabel = "auto|docker|programs",
      description =
          "What starts a scratch server: a local Docker, or the server's programs on this machine."
              + " By default Docker if it answers, else the programs.")
  Starter starter = Starter.auto;

  @Option(
      names = "--scratch-image",
      paramLabel = "IMAGE",
      description =
          "The image of the scratch server for Docker. By default that of the manifest, or else the"
              + " official one of the same major version.")
  String image;

  @Option(
      names = "--scratch-programs",
      paramLabel = "DIR",
      description =
          "The folder with the server's programs. By default PATH and the default folders, such as"
              + " /usr/lib/postgresql/17/bin.")
  Path programs;

  /**
   * Returns the scratch server for a database.
   *
   * @throws ScratchFailure if none can be started
   */
  public ScratchSource open(Needed needed, Terminal terminal) {
    var given = url == null ? terminal.variable(URL_VARIABLE).orElse(null) : url;
    if (given != null) {
      return new GivenServer(
          ScratchUrl.read(given, url != null, needed.engine(), passwordFile, terminal));
    }
    boolean isImageMeant = image != null || starter == Starter.docker;
    if (starter != Starter.programs
        && (programs == null || isImageMeant)
        && DockerServer.isThere(DOCKER)) {
      return DockerServer.start(DOCKER, image == null ? needed : needed.withImage(image));
    }
    if (starter == Starter.docker) {
      throw new ScratchFailure(
          "No local Docker answers. Start it, or name a scratch server with --scratch-url.");
    }
    return OwnServer.start(recipe(needed, terminal), needed);
  }

  private Recipe recipe(Needed needed, Terminal terminal) {
    var path = terminal.variable("PATH").orElse("");
    var found =
        ServerPrograms.find(needed, programs, path)
            .orElseThrow(
                () -> nothingFits(needed, ServerPrograms.versions(needed, programs, path)));
    return needed.engine() == Engine.PostgreSQL
        ? new PostgreSqlRecipe(found)
        : new MariaDbRecipe(found, needed.engine());
  }

  private ScratchFailure nothingFits(Needed needed, List<String> versions) {
    return new ScratchFailure(
        "The proof needs a scratch server of "
            + needed
            + ". No local Docker answers, and "
            + (versions.isEmpty()
                ? "no programs of such a server are on this machine"
                : "the programs on this machine are of " + String.join(", ", versions))
            + ". Install them, name their folder with --scratch-programs, or name a server with"
            + " --scratch-url.");
  }
}
