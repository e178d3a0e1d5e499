package dev.schemaversion.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The roles of deploy/samples/rbac permit what the commands ask of the API server, and no more. */
@EnableKubernetesMockClient(crud = true, https = false)
class RightsTest {
  private static final Path SAMPLE =
      Path.of("deploy", "samples", "rbac", "kubectl-schemaversion.yaml");
  private static final String ASK =
      "adopt glance --migrations deploy/samples/glance/migrations --secret s --ask --yes";
  private static final Pattern PATH =
      Pattern.compile(
          "/(?:api/v1|apis/([^/]+)/[^/]+)(?:/namespaces/[^/]+)?/([a-z]+)(?:/([^/?]+)(?:/([a-z]+))?)?(?:\\?.*)?");

  @TempDir Path folder;
  KubernetesMockServer server;

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "status | view",
        "status glance | view",
        "diff glance | view",
        "history glance | view",
        "logs glance | view",
        "plan glance | view",
        "dashboard | view",
        "dashboard -A | view",
        "approve glance --yes | view,operate",
        "retry glance | view,operate",
        "verify glance | view,operate",
        "suspend glance | view,operate",
        "resume glance | view,operate",
        "report glance | view,support",
        ASK + " | view,adopt",
      })
  void aCommandNeedsNoOtherRight(String command, String roles) throws Exception {
    var permitted = Stream.of(roles.split(",", -1)).flatMap(role -> rights(role).stream()).toList();

    assertThat(asked(command)).isNotEmpty().isSubsetOf(permitted);
  }

  @Test
  void everyRightIsNeeded() throws Exception {
    var asked = new TreeSet<String>();
    for (var command :
        List.of("status glance", "status", "logs glance", "retry glance", "report glance", ASK)) {
      asked.addAll(asked(command));
    }

    var all =
        Stream.of("view", "operate", "adopt", "support")
            .flatMap(role -> rights(role).stream())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(asked).isEqualTo(all);
  }

  /** The requests of a command, as verb, group and resource. */
  private Set<String> asked(String command) throws InterruptedException {
    server.reset();
    var plugin = new Plugin(server);
    plugin.create(SomeObjects.SYNCING.replace("reason: SyncRunning", "reason: MigrationFailed"));
    requests();
    var arguments = Stream.of(command.split(" ", -1));
    plugin.run(
        (command.startsWith("report")
                ? Stream.concat(
                    arguments,
                    Stream.of("-o", folder.resolve(command.hashCode() + ".zip").toString()))
                : arguments)
            .toArray(String[]::new));
    var asked = new TreeSet<String>();
    for (var request : requests()) {
      var path = PATH.matcher(request.getPath());
      // The version of the server is for everybody.
      if (!request.getPath().startsWith("/version")) {
        assertThat(path.matches()).as(request.getPath()).isTrue();
        var resource = path.group(2) + (path.group(4) == null ? "" : "/" + path.group(4));
        asked.add(
            verb(request.getMethod(), path.group(3))
                + " "
                + (path.group(1) == null ? "" : path.group(1))
                + " "
                + resource);
      }
    }
    return asked;
  }

  /** The requests since this was last called. */
  private List<RecordedRequest> requests() throws InterruptedException {
    var requests = new ArrayList<RecordedRequest>();
    RecordedRequest request;
    while ((request = server.takeRequest(1, TimeUnit.MILLISECONDS)) != null) {
      requests.add(request);
    }
    return requests;
  }

  private static String verb(String method, String name) {
    return switch (method) {
      case "GET" -> name == null ? "list" : "get";
      case "POST" -> "create";
      default -> method.toLowerCase(Locale.ROOT);
    };
  }

  private static Set<String> rights(String role) {
    return roles().stream()
        .filter(each -> each.getMetadata().getName().equals("kubectl-schemaversion-" + role))
        .flatMap(each -> each.getRules().stream())
        .flatMap(
            rule ->
                rule.getVerbs().stream()
                    .flatMap(
                        verb ->
                            rule.getResources().stream()
                                .map(
                                    resource ->
                                        verb
                                            + " "
                                            + rule.getApiGroups().getFirst()
                                            + " "
                                            + resource)))
        .collect(Collectors.toSet());
  }

  private static List<ClusterRole> roles() {
    try {
      return Arrays.stream(Files.readString(SAMPLE).split("(?m)^---$", -1))
          .map(document -> Serialization.unmarshal(document, ClusterRole.class))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
