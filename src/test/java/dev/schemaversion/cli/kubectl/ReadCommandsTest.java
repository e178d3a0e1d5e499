package dev.schemaversion.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** History, diff and logs print what status and Jobs have. */
@EnableKubernetesMockClient(crud = true, https = false)
class ReadCommandsTest {
  private static final String LOG =
      "/api/v1/namespaces/glance/pods/glance-sync-1a2b3c4d-1-x7k2p/log?pretty=false&container=";

  KubernetesMockServer server;
  private Plugin plugin;

  @BeforeEach
  void connect() {
    plugin = new Plugin(server);
  }

  @Test
  void historyListsTheNewestJobFirst() {
    plugin.create(SomeObjects.SYNCING);

    assertThat(plugin.run("history", "glance").out())
        .isEqualTo(
            """
            JOB                          STEP       ATTEMPT   RESULT      VERSION   MIGRATIONS   ENDED     TOOK
            glance-sync-00aa00aa-1       sync       1         Succeeded   13        4            26m ago   2m10s
            glance-baseline-ab4e3e84-1   baseline   1         Succeeded   -         -            29m ago   4s
            """);
  }

  @Test
  void historyOfANewResourceIsEmpty() {
    plugin.create(SomeObjects.resource("", "{}"));

    var history = plugin.run("history", "glance");

    assertThat(history.out()).isEmpty();
    assertThat(history.err()).isEqualTo("No Job of glance has ended yet.\n");
  }

  @Test
  void outputIsTheStatusAsJsonOrYaml() {
    plugin.create(SomeObjects.SYNCING);

    assertThat(plugin.run("history", "glance", "-o", "yaml").out())
        .contains("- job: \"glance-baseline-ab4e3e84-1\"");
    assertThat(plugin.run("status", "glance", "-o", "json").out())
        .contains("\"verdict\" : \"VersionTooLow\"")
        .contains("\"state\" : \"Running\"");
  }

  @Test
  void diffOfAProvenSchemaNamesItsVersions() {
    plugin.create(SomeObjects.SYNCING);

    assertThat(plugin.run("diff", "glance").out())
        .isEqualTo("Equal, read 5m ago\nThe schema equals version 13.\n");
  }

  @Test
  void diffListsWhatTheStatusHas() {
    plugin.create(
        SomeObjects.resource("", different(2, "\"- index a\", \"+ trigger b\"", "nearest: '9',")));

    assertThat(plugin.run("diff", "glance").out())
        .isEqualTo(
            """
            Different (Drifted), read 5m ago
            2 objects differ from version 13:
              - index a
              + trigger b
            The nearest version is 9, from which 0 objects differ.
            To accept exactly this difference: spec.baseline.acceptDifference: sha256:d1
            """);
  }

  @Test
  void diffListsAllDifferencesWhereTheLogOfTheJobHasThem() {
    plugin.create(SomeObjects.SYNCING.replaceAll("(?s)^.*?\n---\n", ""));
    plugin.create(SomeObjects.resource("", different(12, "\"- index 1\"", "")));
    logs("runner", lines(12));

    assertThat(plugin.run("diff", "glance").out())
        .contains("  - index 12\n")
        .doesNotContain("more");
  }

  @Test
  void diffSaysHowManyAreLeftOutWhereTheLogIsOfAnotherRun() {
    plugin.create(SomeObjects.SYNCING.replaceAll("(?s)^.*?\n---\n", ""));
    plugin.create(SomeObjects.resource("", different(12, "\"- index 1\"", "")));
    logs("runner", lines(3));

    assertThat(plugin.run("diff", "glance").out())
        .contains("  - index 1\n  … and 11 more, which only the log of the Job had\n");
  }

  @Test
  void diffBeforeAComparisonSaysSo() {
    plugin.create(SomeObjects.resource("", "{}"));

    assertThat(plugin.run("diff", "glance").err()).contains("was not compared yet");
  }

  @Test
  void logsBeginWithInitContainersAndNameTheContainer() {
    plugin.create(SomeObjects.SYNCING);
    logs("scratch", "ready\n");
    logs("runner", "0.1 s  begins\n0.2 s  ends\n");

    var logs = plugin.run("logs", "glance");

    assertThat(logs.err()).isEqualTo("Pod glance-sync-1a2b3c4d-1-x7k2p\n");
    assertThat(logs.out())
        .isEqualTo("[scratch] ready\n[runner] 0.1 s  begins\n[runner] 0.2 s  ends\n");
  }

  @Test
  void theRunnersLogIsFollowedUntilItEnds() {
    plugin.create(SomeObjects.SYNCING);
    logs("scratch", "ready\n");
    logs("runner&follow=true", "0.1 s  begins\n0.2 s  ends\n");

    var logs = plugin.run("logs", "glance", "-f");

    assertThat(logs.out())
        .isEqualTo("[scratch] ready\n[runner] 0.1 s  begins\n[runner] 0.2 s  ends\n");
    assertThat(logs.exit()).isZero();
  }

  @Test
  void aRunnerThatHasNotStartedIsWaitedFor() {
    var pending =
        SomeObjects.SYNCING.replaceAll("(?s)status:\n  phase: Running.*?\n---", "status: {}\n---");
    plugin.create(pending);
    logs("scratch", "");
    plugin.meanwhile(() -> {});

    var logs = plugin.run("logs", "glance", "-f");

    assertThat(logs.exit()).isOne();
    assertThat(logs.err())
        .containsOnlyOnce("The runner has not started yet.")
        .contains("See what its pod waits for: kubectl schemaversion status glance");
  }

  @Test
  void logsOfAStepWithoutAPodSaySo() {
    plugin.create(SomeObjects.SYNCING);

    assertThat(plugin.run("logs", "glance", "--step", "plan").err())
        .isEqualTo(
            "error: glance has no pod of a plan Job, so there is no log. Finished Jobs are kept as spec.job.history says; see: kubectl schemaversion history glance\n");
  }

  @Test
  void statusIsPrintedAgainOnlyAfterAChange() {
    plugin.create(SomeObjects.SYNCING);
    plugin.meanwhile(() -> {}).meanwhile(() -> plugin.run("suspend", "glance"));

    var status = plugin.run("status", "glance", "-w");

    assertThat(status.out().lines().filter(line -> line.startsWith("glance/glance: ")))
        .containsExactly(
            "glance/glance: at 13, wants 14", "glance/glance: at 13, wants 14 (suspended)");
  }

  private void logs(String container, String text) {
    server.expect().get().withPath(LOG + container).andReturn(200, text).always();
  }

  private static String lines(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj("0.4 s  - index %d\n"::formatted)
        .collect(
            Collectors.joining(
                "", "0.3 s  objects that differ from version 13: %d\n".formatted(count), ""));
  }

  private static String different(int count, String first, String nearest) {
    return """
        {proof: {verdict: Different, reason: Drifted, version: "13", differences: %d, %s first: [%s], digest: "sha256:d1", checkedAt: "2026-03-01T12:25:00Z"}}"""
        .formatted(count, nearest, first);
  }
}
