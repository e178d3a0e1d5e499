package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Extended;
import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.cluster.Command.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Tools apply the same manifests repeatedly, and users run kubectl's roll-out commands. */
@Extended
@WithOperator
class ReapplyTest {
  private static final Duration LONG = Duration.ofMinutes(3);

  @Story
  void aClientSideApplyEverySecondNeitherReleasesNorHoldsNorShowsADifference(Glance glance) {
    appliedEverySecond(glance);
  }

  @Story
  void aServerSideApplyEverySecondNeitherReleasesNorHoldsNorShowsADifference(Glance glance) {
    appliedEverySecond(glance, "--server-side", "--force-conflicts", "--field-manager=flux");
  }

  @Story
  void undoAndRestartAreRefusedWhileHeldAndTheOldManifestIsTheWayBack(
      Glance glance, Cluster cluster) {
    var registry = new Registry(glance).isAt13();
    var kubectl = new Kubectl(cluster, glance.namespace());
    glance.apply("app", Registry.needing("14"));
    assertThat(registry.held()).isTrue();

    var undo = rollout(kubectl, "undo", "--to-revision=1");
    assertThat(undo.exit()).isNotZero();
    assertThat(undo.err()).contains("cannot rollback a paused deployment");
    var restart = rollout(kubectl, "restart");
    assertThat(restart.exit()).isNotZero();
    assertThat(restart.err()).contains("can't restart paused deployment");
    var status = rollout(kubectl, "status", "--watch=false");
    assertThat(status.exit()).isZero();
    assertThat(status.out()).contains("0 out of 2 new replicas have been updated");
    // It says so, and the gate has held it again before it is stored.
    assertThat(rollout(kubectl, "resume").out()).contains("resumed");
    assertThat(registry.held()).isTrue();
    assertThat(registry.available()).isEqualTo(2);

    glance.apply("app");

    assertThat(registry.held()).isFalse();
    glance.awaitRegistry();
    assertThat(rollout(kubectl, "restart").exit()).isZero();
    glance.awaitRegistry();
  }

  private static Answer rollout(Kubectl kubectl, String verb, String... options) {
    var words = Stream.of("rollout", verb, "deployment/glance-registry");
    return kubectl.attempt(Stream.concat(words, Stream.of(options)).toArray(String[]::new));
  }

  /** Applies like a tool that polls its repository, whose content changes from time to time. */
  private static void appliedEverySecond(Glance glance, String... options) {
    var registry = new Registry(glance).isAt13();
    var repository = new AtomicReference<>(Registry.needing("14").apply(glance.manifests("app")));
    try (var tool = new Tool(glance, repository, options)) {
      tool.awaitRounds(4);
      assertThat(registry.held()).isTrue();
      assertThat(registry.available()).isEqualTo(2);
      assertThat(glance.kubectlWithInput(repository.get(), words("diff", options))).isEmpty();

      repository.set(Registry.needing("14").apply(glance.manifests("migrations-fixed")));
      await().atMost(LONG).until(() -> !registry.held());
      glance.await("Ready");
      glance.awaitRegistry();
      var generation = registry.generation();

      tool.awaitRounds(3);
      assertThat(registry.held()).isFalse();
      assertThat(registry.generation()).isEqualTo(generation);
      assertThat(glance.kubectlWithInput(repository.get(), words("diff", options))).isEmpty();
      assertThat(tool.failures).isEmpty();
    }
    assertThat(glance.get("sv", "glance").at("/status/version").asText()).isEqualTo("14");
  }

  private static String[] words(String verb, String... options) {
    var words = new ArrayList<>(List.of(verb));
    words.addAll(Arrays.asList(options));
    words.addAll(List.of("-f", "-"));
    return words.toArray(String[]::new);
  }

  /** Applies what is in its repository every second, until it is closed. */
  private static final class Tool implements AutoCloseable {
    final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger rounds = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    Tool(Glance glance, AtomicReference<String> repository, String... options) {
      clock.scheduleAtFixedRate(
          () -> {
            try {
              glance.kubectlWithInput(repository.get(), words("apply", options));
            } catch (RuntimeException e) {
              failures.add(e.getMessage());
            }
            rounds.incrementAndGet();
          },
          0,
          1,
          TimeUnit.SECONDS);
    }

    /** Waits for this many more. */
    void awaitRounds(int more) {
      var wanted = rounds.get() + more;
      await().atMost(LONG).until(() -> rounds.get() >= wanted);
    }

    @Override
    public void close() {
      clock.close();
    }
  }
}
