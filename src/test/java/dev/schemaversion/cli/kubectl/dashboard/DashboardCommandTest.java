package dev.schemaversion.cli.kubectl.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.cli.kubectl.Plugin;
import dev.schemaversion.cli.kubectl.SomeObjects;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command prints an address, and serves there what the API server lists. */
@EnableKubernetesMockClient(crud = true, https = false)
class DashboardCommandTest {
  KubernetesMockServer server;
  private Plugin plugin;

  @BeforeEach
  void connect() {
    plugin = new Plugin(server);
  }

  @Test
  void theAddressIsPrintedAndServesWhatTheApiServerListsUntilTheCommandEnds() {
    plugin.create(SomeObjects.SYNCING);
    var pages = new ArrayList<String>();

    var dashboard =
        plugin
            .meanwhile(() -> pages.add(get(plugin.printed())))
            .meanwhile(() -> pages.add(get(plugin.printed() + "r/glance/glance")))
            .run("dashboard");

    assertThat(dashboard.exit()).isZero();
    assertThat(dashboard.out()).matches("http://127\\.0\\.0\\.1:[0-9]+/[0-9a-f]{32}/\n");
    assertThat(dashboard.err()).contains("Ctrl-C ends it");
    assertThat(pages.getFirst())
        .contains("Namespace glance of http://", "0 of 1 ready", "glance-registry", "SyncRunning");
    assertThat(pages.getLast())
        .contains(
            "glance-sync-1a2b3c4d-1",
            "StatefulSet <b>cache</b>",
            "released",
            "kubectl schemaversion logs -f glance -n glance");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"dashboard, 1", "dashboard -n other, 1", "dashboard -A, 2"})
  void theNamespaceOrAllNamespacesAreShown(String command, int resources) {
    plugin.create(SomeObjects.resource("", "{}"));
    plugin.create(
        SomeObjects.resource("", "{}").replace("namespace: glance,", "namespace: other,"));
    var pages = new ArrayList<String>();

    plugin.meanwhile(() -> pages.add(get(plugin.printed()))).run(command.split(" ", -1));

    assertThat(pages.getFirst()).contains("0 of " + resources + " ready");
  }

  @Test
  void howeverManyBrowsersAskTheApiServerIsAskedOnceInAMoment() {
    plugin.create(SomeObjects.SYNCING);
    var requests = new ArrayList<Integer>();

    plugin
        .meanwhile(
            () -> {
              for (int i = 0; i < 5; i++) {
                get(plugin.printed());
                requests.add(server.getRequestCount());
              }
            })
        .run("dashboard");

    assertThat(requests).containsOnly(requests.getFirst());
  }

  @Test
  void aClusterThatCannotBeReadEndsTheCommandBeforeItServes() {
    server.expect().get().withPath(resources()).andReturn(403, "no").always();

    var dashboard = plugin.run("dashboard");

    assertThat(dashboard.exit()).isOne();
    assertThat(dashboard.out()).isEmpty();
    assertThat(dashboard.err()).startsWith("error: The API server refuses the request");
  }

  @Test
  void aPortThatIsUsedEndsTheCommandWithTheWayOut() throws IOException {
    try (var used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = Integer.toString(used.getLocalPort());

      assertThat(plugin.run("dashboard", "--port", port).err())
          .startsWith("error: Port " + port + " of 127.0.0.1 cannot be used: ")
          .contains("Name another one with --port");
    }
  }

  @Test
  void theChosenPortIsUsed() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    assertThat(plugin.run("dashboard", "--port", Integer.toString(port)).out())
        .startsWith("http://127.0.0.1:" + port + "/");
  }

  @ParameterizedTest
  @CsvSource({"Linux, xdg-open", "Mac OS X, open", "FreeBSD, xdg-open"})
  void theBrowserIsOpenedAsTheDesktopDoes(String system, String program) {
    assertThat(Browser.program(system)).isEqualTo(program);
  }

  private static String resources() {
    return "/apis/schemaversion.dev/v1alpha1/namespaces/glance/schemaversions";
  }

  private static String get(String address) {
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
