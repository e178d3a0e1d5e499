package dev.schemaversion.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands, options, their values and the names of resources complete. */
@EnableKubernetesMockClient(crud = true, https = false)
class CompletionTest {
  KubernetesMockServer server;
  private Plugin plugin;

  @BeforeEach
  void connect() {
    plugin = new Plugin(server);
    plugin.create(SomeObjects.SYNCING);
    plugin.create(
        SomeObjects.resource("", "{}")
            .replace("name: glance, namespace: glance", "name: nova, namespace: nova"));
    plugin.create("apiVersion: v1\nkind: Namespace\nmetadata: {name: nova}\n");
  }

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "re                         | report resume retry",
        "-n nova st                 | status",
        "status ''                  | glance",
        "status x                   | ''",
        "status -n nova ''          | nova",
        "-n nova status ''          | nova",
        "status --al                | --all-namespaces",
        "logs --st                  | --step",
        "logs glance --step p       | plan prove",
        "status -o ''               | json text yaml",
        "status -n no               | nova",
        "adopt x --engine M         | MariaDB MySQL",
        "adopt ''                   | ''",
        "retry glance --timeout ''  | ''",
      })
  void wordsComplete(String line, String completions) {
    assertThat(complete(line))
        .isEqualTo((completions.isEmpty() ? "" : completions.replace(" ", "\n") + "\n") + ":4\n");
  }

  @Test
  void allCommandsComplete() {
    assertThat(complete("''").lines())
        .containsExactly(
            "adopt",
            "approve",
            "dashboard",
            "diff",
            "history",
            "logs",
            "plan",
            "report",
            "resume",
            "retry",
            "status",
            "suspend",
            "verify",
            ":4");
  }

  @Test
  void filesAreLeftToTheShell() {
    assertThat(complete("adopt x --migrations ''")).isEqualTo(":0\n");
  }

  @Test
  void withoutAnAnswerNothingCompletesAndNothingIsSaid() {
    var completed = plugin.withoutCluster().run("__complete", "status", "");

    assertThat(completed.out()).isEqualTo(":4\n");
    assertThat(completed.err()).isEmpty();
    assertThat(completed.exit()).isZero();
  }

  private String complete(String line) {
    var words = new ArrayList<>(List.of("__complete"));
    Arrays.stream(line.split(" ", -1))
        .map(word -> word.equals("''") ? "" : word)
        .forEach(words::add);
    return plugin.run(words.toArray(String[]::new)).out();
  }
}
