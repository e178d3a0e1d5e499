package dev.schemaversion.cli.scratch;

import dev.schemaversion.contract.request.RequestedScratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

/**
 * A scratch server that is started with programs of this machine, in a private folder, on a random
 * port of the loopback interface and with a random password. It ends with the command.
 */
final class OwnServer implements ScratchSource {
  private static final String LOG = "log";

  private final Recipe recipe;
  private final ServerUser user;
  private final PrivateFolder folder = PrivateFolder.create();
  private final Thread hook = new Thread(this::end, "scratch");
  private RequestedScratch address;
  private Process process;
  private boolean isEnded;

  private OwnServer(Recipe recipe, ServerUser user) {
    this.recipe = recipe;
    this.user = user;
  }

  /**
   * Starts a server.
   *
   * @throws ScratchFailure if that fails
   */
  static OwnServer start(Recipe recipe, Needed needed) {
    var server =
        new OwnServer(recipe, ServerUser.of(System.getProperty("user.name"), recipe.users()));
    Runtime.getRuntime().addShutdownHook(server.hook);
    try {
      needed
          .log()
          .accept(
              "starting a scratch server: "
                  + recipe.programs().server()
                  + " "
                  + recipe.programs().version());
      server.run();
      return server;
    } catch (ScratchFailure | UncheckedIOException e) {
      server.close();
      throw e;
    }
  }

  private void run() {
    folder.prepare(user.name());
    var password = Password.random();
    var secret = folder.write("secret", recipe.secret(password), user.name());
    prepare(recipe.preparing(folder.path(), secret));
    int port = freePort();
    start(recipe.serving(folder.path(), secret, port));
    address = new RequestedScratch("127.0.0.1", port, null, null, password);
  }

  private void prepare(Recipe.Preparation preparation) {
    failIfEnded();
    var command = preparation.command();
    var ended =
        Commands.run(user.command(command), Map.of(), preparation.input(), this::track)
            .orElseThrow(
                () ->
                    new ScratchFailure(
                        "There is no program %s. Name the folder with the server's programs with --scratch-programs, or a server with --scratch-url."
                            .formatted(command.getFirst())));
    if (!ended.succeeded()) {
      throw new ScratchFailure(
          "%s could not create the files of the scratch server: %s. Name a server with --scratch-url."
              .formatted(command.getFirst(), ended.lastLine()));
    }
  }

  /** Ends it too, if the command is interrupted meanwhile. */
  private synchronized void track(Process started) {
    failIfEnded();
    process = started;
  }

  private synchronized void start(List<String> command) {
    failIfEnded();
    try {
      var log = folder.path().resolve(LOG).toFile();
      process =
          new ProcessBuilder(user.command(command))
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log))
              .start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new ScratchFailure("The scratch server could not be started.", e);
    }
  }

  private synchronized void failIfEnded() {
    if (isEnded) {
      throw new ScratchFailure("The command was interrupted.");
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("there is no free port", e);
    }
  }

  @Override
  public RequestedScratch address() {
    return address;
  }

  /** The last line of the server's log; empty while the server runs. */
  @Override
  public String problem() {
    return process.isAlive() ? "" : folder.lastLine(LOG);
  }

  private synchronized void end() {
    isEnded = true;
    if (process != null) {
      Commands.end(process);
    }
    folder.close();
  }

  @Override
  public void close() {
    end();
    ShutdownHooks.remove(hook);
  }
}
