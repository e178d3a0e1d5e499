package dev.schemaversion.cli.scratch;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.desired.ScratchImages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A scratch server in a container of the local Docker, which is removed at the end. */
final class DockerServer implements ScratchSource {
  private final String docker;
  private final String name = "schemaversion-scratch-" + Password.random().substring(0, 12);
  private final String password = Password.random();
  private final Thread hook = new Thread(this::remove, "docker");
  private RequestedScratch address;

  private DockerServer(String docker) {
    this.docker = docker;
  }

  /** Whether a Docker daemon answers on this machine. */
  static boolean isThere(String docker) {
    return Commands.run(List.of(docker, "version", "--format", "{{.Server.Version}}"), Map.of())
        .map(Commands.Ended::succeeded)
        .orElse(false);
  }

  /**
   * Starts a container.
   *
   * @param docker the program
   * @throws ScratchFailure if that fails
   */
  static DockerServer start(String docker, Needed needed) {
    var server = new DockerServer(docker);
    Runtime.getRuntime().addShutdownHook(server.hook);
    try {
      server.run(needed);
      return server;
    } catch (ScratchFailure e) {
      server.close();
      throw e;
    }
  }

  private void run(Needed needed) {
    var image = image(needed);
    needed.log().accept("starting a scratch server with docker: " + image);
    int port = needed.engine().defaultPort();
    var command =
        new ArrayList<>(List.of(docker, "run", "--detach", "--rm", "--name", name, "--publish"));
    command.add("127.0.0.1::" + port);
    // Only the name: the value would be readable among the processes.
    variables(needed.engine()).forEach(variable -> command.addAll(List.of("--env", variable)));
    command.add(image);
    command.addAll(ServerArguments.tuning(needed.engine()));
    var environment = new HashMap<String, String>();
    variables(needed.engine()).forEach(variable -> environment.put(variable, password));
    require(command, environment, image);
    var published = require(List.of(docker, "port", name, port + "/tcp"), Map.of(), image);
    var text = published.lines().findFirst().orElse("");
    address =
        new RequestedScratch(
            "127.0.0.1",
            Integer.parseInt(text.substring(text.lastIndexOf(':') + 1).strip()),
            null,
            null,
            password);
  }

  private static List<String> variables(Engine engine) {
    return switch (engine) {
      case PostgreSQL -> List.of("POSTGRES_PASSWORD");
      case MariaDB -> List.of("MARIADB_ROOT_PASSWORD");
      case MySQL -> List.of("MYSQL_ROOT_PASSWORD");
    };
  }

  private static String image(Needed needed) {
    if (needed.image() != null) {
      return needed.image();
    }
    var images =
        switch (needed.engine()) {
          case PostgreSQL -> ScratchImages.OFFICIAL;
          case MariaDB -> ScratchImages.OFFICIAL_MARIADB;
          case MySQL -> ScratchImages.OFFICIAL_MYSQL;
        };
    return images.forServer(needed.serverVersion());
  }

  private static String require(
      List<String> command, Map<String, String> environment, String image) {
    var ended =
        Commands.run(command, environment)
            .orElseThrow(() -> new ScratchFailure("There is no program docker."));
    if (!ended.succeeded()) {
      throw new ScratchFailure(
          "Docker could not start the scratch server from the image %s: %s. Name another image with --scratch-image, or a server with --scratch-url."
              .formatted(image, ended.lastLine()));
    }
    return ended.output();
  }

  @Override
  public RequestedScratch address() {
    return address;
  }

  private void remove() {
    Commands.run(List.of(docker, "rm", "--force", "--volumes", name), Map.of());
  }

  @Override
  public void close() {
    remove();
    ShutdownHooks.remove(hook);
  }
}
